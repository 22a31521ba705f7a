import type { VNode } from 'preact';
import { bytes, exactBytes, integer, percent } from '../src/format.js';
import type { Cost } from '../src/model/cost.js';
import { totalBytes, usedShare } from '../src/model/total.js';
import { useSettled } from './debounce.js';
import { SplitBar } from './split-bar.js';
import { withWhatIfs } from './view-model/what-if-words.js';
import { atLeast } from './view-model/words.js';

/** What one more process costs, what N cost, and of what it is made. */
export function Headline(props: {
  readonly cost: Cost;
  /** As it is, where `cost` is with what-ifs. */
  readonly without: Cost | undefined;
  readonly processes: number;
}): VNode {
  const { cost, without, processes } = props;
  const { fill, heapFill, perProcess, incomplete } = cost;
  const total = totalBytes(cost, processes);
  return (
    <section class="headline" aria-labelledby="headline-title">
      <h2 id="headline-title" class="visually-hidden">
        Cost
      </h2>
      <dl class="figures">
        <Figure
          large
          label="One more process"
          value={perProcess.bytes}
          without={without?.perProcess.bytes}
          incomplete={incomplete}
        />
        <Figure
          large
          label={`× ${integer(processes)}`}
          value={total}
          without={without && totalBytes(without, processes)}
          incomplete={incomplete}
        />
        <Figure
          label="Shared once"
          value={cost.sharedOnceBytes}
          without={without?.sharedOnceBytes}
          incomplete={false}
        />
        <div class="figure">
          <dt>Fill</dt>
          <dd title={`${exactBytes(fill.usedBytes)} of ${exactBytes(fill.paidBytes)}`}>
            <span class="value">{percent(usedShare(fill))}</span>
            <span class="exact">
              {integer(fill.usedBytes)} of {exactBytes(fill.paidBytes)} have a use
            </span>
          </dd>
        </div>
      </dl>
      <SplitBar cost={cost} />
      <p class="asides">
        <span>
          ps shows VSZ{' '}
          <b title={exactBytes(cost.addressSpaceBytes)}>{bytes(cost.addressSpaceBytes)}</b>
        </span>
        <span>
          RSS <b title={exactBytes(cost.residentBytes)}>{bytes(cost.residentBytes)}</b>
        </span>
        {heapFill && (
          <span>
            malloc was asked for <b>{exactBytes(heapFill.usedBytes)}</b> and took{' '}
            <b title={exactBytes(heapFill.paidBytes)}>{bytes(heapFill.paidBytes)}</b> of address
            space: {percent(usedShare(heapFill))}
          </span>
        )}
        <span>A start-up floor: what the program allocates or writes later comes on top.</span>
      </p>
      <Announcement
        text={`${without ? `${withWhatIfs(cost.whatIfs.length)}: ` : ''}One more process costs ${atLeast(incomplete)}${bytes(perProcess.bytes)}; ${integer(processes)} take ${atLeast(incomplete)}${bytes(total)}.`}
      />
    </section>
  );
}

function Figure(props: {
  readonly label: string;
  readonly value: number;
  /** What it is without what-ifs; undefined where there are none. */
  readonly without: number | undefined;
  readonly incomplete: boolean;
  readonly large?: boolean;
}): VNode {
  return (
    <div class={props.large ? 'figure large' : 'figure'}>
      <dt>
        {props.label}
        {props.incomplete && ', at least'}
      </dt>
      <dd title={exactBytes(props.value)}>
        <span class="value">{bytes(props.value)}</span>
        <span class="exact">{exactBytes(props.value)}</span>
        {props.without !== undefined && (
          <span class="without">as it is: {bytes(props.without)}</span>
        )}
      </dd>
    </div>
  );
}

/** Says new totals to a screen reader once the slider rests. */
const Announcement = ({ text }: { readonly text: string }): VNode => (
  <p class="visually-hidden" role="status" aria-live="polite">
    {useSettled(text, 700)}
  </p>
);
