import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { bytes, exactBytes, integer } from '../../src/format.js';
import type { Cost } from '../../src/model/cost.js';
import { totalBytes } from '../../src/model/total.js';
import { atLeast } from '../../src/report/at-least.js';
import { Button } from '../controls.js';
import { inSentence } from '../in-sentence.js';
import { withWhatIfs } from '../view-model/what-if-words.js';

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
    <section class="what-if-banner" aria-label={l10n.t('What-ifs in effect')}>
      <p>
        {inSentence(
          processes === 1
            ? l10n.t('{0}: {1} process takes {2} instead of {3}.')
            : l10n.t('{0}: {1} processes take {2} instead of {3}.'),
          <b>{withWhatIfs(cost.whatIfs.length)}</b>,
          integer(processes),
          <b title={exactBytes(after)}>{atLeast(cost.incomplete) + bytes(after)}</b>,
          <span title={exactBytes(before)}>{atLeast(plain.incomplete) + bytes(before)}</span>,
        )}
      </p>
      <Button secondary title={l10n.t('Show the process as it is')} onClick={clear}>
        {l10n.t('Clear')}
      </Button>
    </section>
  );
}
