import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { bytes, exactBytes, integer, printableText } from '../../src/format.js';
import type { Cost, Estimate } from '../../src/model/cost.js';
import { isLessKnown, type Saving, savedBy } from '../../src/model/savings.js';
import { totalBytes } from '../../src/model/total.js';
import type { WhatIf } from '../../src/model/what-if.js';
import { atLeast } from '../../src/report/at-least.js';
import { totalSaving } from '../view-model/what-if-list.js';
import { savedInWords, whatIfTitle } from '../view-model/what-if-words.js';

interface Sum {
  readonly plain: Cost;
  readonly chosen: Estimate;
  readonly on: readonly WhatIf[];
  readonly savings: readonly Saving[];
  readonly processes: number;
}

/** What those that are switched on save together, and which of those asked for are left out. */
export const WhatIfSum = (props: Sum): VNode => (
  <div class="what-if-sum">
    {props.on.length === 0 ? (
      <p class="subtitle">
        {l10n.t('Switch some on: the whole panel then shows the process with them together.')}
      </p>
    ) : (
      <Together {...props} />
    )}
    <LeftOut {...props} />
  </div>
);

function Together({ plain, chosen, on, savings, processes }: Sum): VNode {
  const { cost, diagnostics } = chosen;
  if (!cost) {
    // The refusal comes last.
    const reason = diagnostics.at(-1)?.message ?? '';
    return (
      <p class="notice">{l10n.t('With these there is no process: {0}', printableText(reason))}</p>
    );
  }
  const saved = savedBy(plain, cost);
  const atMost = isLessKnown(cost, plain);
  const total = totalSaving(saved, processes);
  const parts = savings
    .filter(({ whatIf }) => on.includes(whatIf))
    .reduce((sum, saving) => sum + totalSaving(saving, processes), 0);
  return (
    <>
      <dl class="together">
        <Change
          label={l10n.t('Per process')}
          before={{ bytes: plain.perProcess.bytes, incomplete: plain.incomplete }}
          after={{ bytes: cost.perProcess.bytes, incomplete: cost.incomplete }}
          saved={saved.perProcess}
          atMost={atMost}
        />
        <Change
          label={`× ${integer(processes)}`}
          before={{ bytes: totalBytes(plain, processes), incomplete: plain.incomplete }}
          after={{ bytes: totalBytes(cost, processes), incomplete: cost.incomplete }}
          saved={total}
          atMost={atMost}
        />
      </dl>
      {on.length > 1 && (
        <p class="muted">
          {parts === total
            ? l10n.t(
                'All together, and not the sum of the parts: two can save the same page, or one make room for another.',
              )
            : l10n.t(
                'All together, and not the sum of the parts, which would be {0}: two can save the same page, or one make room for another.',
                savedInWords(parts),
              )}
        </p>
      )}
    </>
  );
}

interface Amount {
  readonly bytes: number;
  /** Whether what is not known counts nothing in it. */
  readonly incomplete: boolean;
}

const inWords = ({ bytes: n, incomplete }: Amount): string => atLeast(incomplete) + bytes(n);

/** An amount as it is and with what is chosen. */
const Change = (props: {
  readonly label: string;
  readonly before: Amount;
  readonly after: Amount;
  readonly saved: number;
  /** Something is not known of what it costs after. */
  readonly atMost: boolean;
}): VNode => (
  <div>
    <dt>{props.label}</dt>
    <dd>
      <span title={exactBytes(props.before.bytes)}>{inWords(props.before)}</span>{' '}
      <span aria-hidden="true">→</span>
      <span class="visually-hidden">{l10n.t('becomes')}</span>{' '}
      <b title={exactBytes(props.after.bytes)}>{inWords(props.after)}</b>,{' '}
      <span title={exactBytes(Math.abs(props.saved))}>
        {savedInWords(props.saved, props.atMost)}
      </span>
    </dd>
  </div>
);

/** Those that were asked for, most of them by a preset, and that cannot be had. */
function LeftOut({ chosen }: Sum): VNode | null {
  if (chosen.leftOut.length === 0) return null;
  return (
    <ul class="left-out">
      {chosen.leftOut.map(({ id, reason }) => (
        <li key={id}>
          {l10n.t('Left out: {0}.', whatIfTitle(id))} {printableText(reason)}
        </li>
      ))}
    </ul>
  );
}
