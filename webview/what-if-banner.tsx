import type { VNode } from 'preact';
import { bytes, exactBytes, integer } from '../src/format.js';
import type { Cost } from '../src/model/cost.js';
import { totalBytes } from '../src/model/total.js';
import { Button } from './controls.js';
import { withWhatIfs } from './view-model/what-if-words.js';

/** Says that the panel shows another process than the file's; nothing where it does not. */
export function WhatIfBanner(props: {
  readonly plain: Cost;
  readonly cost: Cost;
  readonly processes: number;
  readonly clear: () => void;
}): VNode | null {
  const { plain, cost, processes, clear } = props;
  if (cost.whatIfs.length === 0) return null;
  const before = totalBytes(plain, processes);
  const after = totalBytes(cost, processes);
  return (
    <section class="what-if-banner" aria-label="What-ifs in effect">
      <p>
        <b>{withWhatIfs(cost.whatIfs.length)}</b>: {integer(processes)}{' '}
        {processes === 1 ? 'process takes' : 'processes take'}{' '}
        <b title={exactBytes(after)}>{bytes(after)}</b> instead of{' '}
        <span title={exactBytes(before)}>{bytes(before)}</span>.
      </p>
      <Button secondary title="Show the process as it is" onClick={clear}>
        Clear
      </Button>
    </section>
  );
}
