import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { bytes, exactBytes, integer, percent } from '../../src/format.js';
import type { Cost } from '../../src/model/cost.js';
import { countsAllFilePages, hasUnknownPages, sharedBound } from '../../src/model/shared-bound.js';
import { totalBytes, usedShare } from '../../src/model/total.js';
import { msg } from '../../src/msg.js';
import { atLeast, BOUND_MARKS } from '../../src/report/at-least.js';
import { inSentence } from '../in-sentence.js';
import { withWhatIfs } from '../view-model/what-if-words.js';
import { costInWords } from '../view-model/words.js';
import { SplitBar } from './split-bar.js';
import { useSettled } from './use-settled.js';

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
  const least = incomplete ? 'least' : undefined;
  const leastWithout = without?.incomplete ? 'least' : undefined;
  return (
    <section class="headline" aria-labelledby="headline-title">
      <h2 id="headline-title" class="visually-hidden">
        {l10n.t('Cost')}
      </h2>
      <dl class="figures">
        <Figure
          large
          label={l10n.t('One more process')}
          value={perProcess.bytes}
          bound={least}
          without={without?.perProcess.bytes}
          withoutBound={leastWithout}
        />
        <Figure
          large
          label={`× ${integer(processes)}`}
          value={total}
          bound={least}
          without={without && totalBytes(without, processes)}
          withoutBound={leastWithout}
        />
        <Figure
          label={l10n.t('Shared once')}
          value={cost.sharedOnceBytes}
          bound={sharedBound(cost.rows)}
          without={without?.sharedOnceBytes}
          withoutBound={without && sharedBound(without.rows)}
        />
        <div class="figure">
          <dt>{l10n.t('Fill')}</dt>
          <dd title={l10n.t('{0} of {1}', exactBytes(fill.usedBytes), exactBytes(fill.paidBytes))}>
            <span class="value">{percent(usedShare(fill))}</span>
            <span class="exact">
              {l10n.t('{0} of {1} have a use', integer(fill.usedBytes), exactBytes(fill.paidBytes))}
            </span>
          </dd>
        </div>
      </dl>
      <SplitBar cost={cost} />
      <p class="asides">
        <AsInPs cost={cost} />
        {heapFill && (
          <span>
            {inSentence(
              l10n.t('malloc was asked for {0} and took {1} of address space: {2}'),
              <b>{exactBytes(heapFill.usedBytes)}</b>,
              <b title={exactBytes(heapFill.paidBytes)}>{bytes(heapFill.paidBytes)}</b>,
              percent(usedShare(heapFill)),
            )}
          </span>
        )}
        <span>
          {l10n.t('A start-up floor: what the program allocates or writes later comes on top.')}
        </span>
      </p>
      <Announcement
        text={`${without ? `${withWhatIfs(cost.whatIfs.length)}: ` : ''}${costInWords(cost, processes)}`}
      />
    </section>
  );
}

/** What `ps` says of the process. */
function AsInPs({ cost }: { readonly cost: Cost }): VNode {
  const least = atLeast(hasUnknownPages(cost.rows));
  const size = (n: number) => <b title={exactBytes(n)}>{least + bytes(n)}</b>;
  const resident = countsAllFilePages(cost.rows)
    ? l10n.t('RSS {0} with every page of its files resident')
    : l10n.t('RSS {0}');
  return (
    <>
      <span>{inSentence(l10n.t('ps shows VSZ {0}'), size(cost.addressSpaceBytes))}</span>
      <span>{inSentence(resident, size(cost.residentBytes))}</span>
    </>
  );
}

const BOUNDED = { least: msg('{0}, at least'), most: msg('{0}, at most') } as const;
type Bound = keyof typeof BOUNDED;

function Figure(props: {
  readonly label: string;
  readonly value: number;
  /** Which way it may be off, if it can only be one. */
  readonly bound: Bound | undefined;
  /** What it is without what-ifs; undefined where there are none. */
  readonly without: number | undefined;
  /** Which way that may be off. */
  readonly withoutBound: Bound | undefined;
  readonly large?: boolean;
}): VNode {
  const mark = props.withoutBound ? BOUND_MARKS[props.withoutBound] : '';
  return (
    <div class={props.large ? 'figure large' : 'figure'}>
      <dt>{props.bound ? l10n.t(BOUNDED[props.bound], props.label) : props.label}</dt>
      <dd title={exactBytes(props.value)}>
        <span class="value">{bytes(props.value)}</span>
        <span class="exact">{exactBytes(props.value)}</span>
        {props.without !== undefined && (
          <span class="without">{l10n.t('as it is: {0}', mark + bytes(props.without))}</span>
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
