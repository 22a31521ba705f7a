import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { bytes, exactBytes, printableText, timeOfDay } from '../../src/format.js';
import { compare } from '../../src/model/compare.js';
import type { Comparison } from '../../src/model/comparison.js';
import type { Cost } from '../../src/model/cost.js';
import type { MeasuringState, TimedMeasurement } from '../../src/protocol.js';
import { systemById } from '../../src/system/systems.js';
import { inSentence } from '../in-sentence.js';
import { type Goal, useGoal } from '../map/use-goal.js';
import { tablesNeeded } from '../view-model/compared-sections.js';
import { processesInWords } from '../view-model/compared-words.js';
import { MeasureActions } from './measure-actions.js';
import { MeasuredTable } from './measured-table.js';

interface Expandable {
  readonly expanded: readonly string[];
  readonly toggle: (id: string) => void;
}

/** What live processes hold beside the estimate, and how to measure that. */
export function Measured(
  props: Expandable & {
    readonly cost: Cost;
    readonly measuring: MeasuringState;
    readonly goal: Goal | undefined;
  },
): VNode {
  const { cost, measuring, goal } = props;
  const title = useRef<HTMLHeadingElement>(null);
  useGoal(goal, ({ kind }) => {
    if (kind !== 'goToMeasured' || !title.current) return false;
    // Not under the pointer of who presses a button below it.
    if (!isInSight(title.current)) title.current.scrollIntoView();
    return true;
  });
  const { latest, activity } = measuring;
  const problem = measuring.problem ?? notForLinux(cost);
  return (
    <section class="measured" aria-labelledby="measured-title">
      <h2 id="measured-title" ref={title}>
        {l10n.t('Predicted and measured')}
      </h2>
      {problem === undefined ? (
        <>
          {!latest && (
            <p class="subtitle">
              {l10n.t('What live processes of this program hold can stand beside the estimate.')}
            </p>
          )}
          <MeasureActions measuring={measuring} aslr={cost.aslr} />
        </>
      ) : (
        <p class="subtitle">{problem}</p>
      )}
      <Messages measuring={measuring} />
      {latest && <Result {...props} latest={latest} refreshed={activity === 'following'} />}
    </section>
  );
}

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= window.innerHeight;
}

/** What is new is said to a screen reader once: neither every refresh nor every second of waiting. */
function Messages({ measuring }: { readonly measuring: MeasuringState }): VNode {
  const { activity, latest, message } = measuring;
  const running = activity === 'running';
  const done = latest && l10n.t('The measured figures stand beside the predicted ones.');
  const said = running ? l10n.t('The program is run to be measured.') : (message ?? done);
  const notice = message !== undefined && <p class="notice">{printableText(message)}</p>;
  return (
    <>
      {running && <div aria-hidden="true">{notice}</div>}
      <div role="status">{!running && notice ? notice : <p class="visually-hidden">{said}</p>}</div>
    </>
  );
}

function notForLinux({ system }: Cost): string | undefined {
  const estimated = systemById(system);
  if (!estimated || estimated.addressSpace.kind === 'linux') return undefined;
  return l10n.t(
    'Only processes of Linux can be measured, and this estimate is for {0}.',
    l10n.t(estimated.name),
  );
}

function Result(
  props: Expandable & {
    readonly cost: Cost;
    readonly latest: TimedMeasurement;
    readonly refreshed: boolean;
  },
): VNode {
  const { cost, latest, refreshed } = props;
  const { measurement, time } = latest;
  const comparison = useMemo(() => compare(cost, measurement), [cost, measurement]);
  const processes = processesInWords(measurement.processes);
  return (
    <>
      <p class="subtitle">
        {refreshed
          ? l10n.t('{0}, read at {1} and every few seconds.', processes, timeOfDay(time))
          : l10n.t('{0}, read at {1}.', processes, timeOfDay(time))}
      </p>
      {comparison.rows.length > 0 && <MeasuredTable {...props} comparison={comparison} />}
      <TablesCheck comparison={comparison} />
      {comparison.remarks.length > 0 && (
        <ul class="remarks">
          {comparison.remarks.map((remark) => (
            <li key={remark}>{printableText(remark)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The arithmetic of page tables, checked against the kernel's own count. */
function TablesCheck({ comparison }: { readonly comparison: Comparison }): VNode | null {
  const needed = tablesNeeded(comparison);
  const counted = comparison.sums.find(({ category }) => category === 'page-tables')?.measured;
  if (counted === undefined) return null;
  const kernel = <b title={exactBytes(counted)}>{bytes(counted)}</b>;
  if (needed === undefined || comparison.tablesAgree === undefined) {
    return (
      <p class="tables-check">
        {inSentence(
          l10n.t(
            'Of page tables the kernel counts {0}. Not all pages could be seen, so that is not checked.',
          ),
          kernel,
        )}
      </p>
    );
  }
  return (
    <p class="tables-check">
      {inSentence(
        comparison.tablesAgree
          ? l10n.t(
              'The pages in RAM need {0} of tables without the top one; the kernel counts {1}: they agree.',
            )
          : l10n.t(
              'The pages in RAM need {0} of tables without the top one; the kernel counts {1}: they do not agree.',
            ),
        <b title={exactBytes(needed)}>{bytes(needed)}</b>,
        kernel,
      )}
    </p>
  );
}
