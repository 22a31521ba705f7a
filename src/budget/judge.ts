import * as l10n from '@vscode/l10n';
import type { Category, Cost } from '../model/cost.js';
import { amountsOf } from './amounts.js';
import { type Before, unknownRows } from './baseline.js';
import type { Budget, Limit, LimitKind } from './budget.js';

/**
 * A cost of which a part is not known is a lower bound: it may be over a limit for certain, but it is
 * never within one for certain.
 */
export type Status = 'within' | 'over' | 'unknown';

/** A limit beside what there is. */
export interface Judged {
  readonly limit: Limit;
  /** Bytes or pages, as the limit's; undefined where there is nothing to compare. */
  readonly actual: number | undefined;
  /** Whether the actual amount is a lower bound. */
  readonly atLeast: boolean;
  readonly status: Status;
}

/** Sets what a program costs, and its `beforeIn` the baseline, beside the limits of a budget. */
export const judge = (budget: Budget, cost: Cost, before: Before | undefined): readonly Judged[] =>
  budget.limits.map((limit) =>
    limit.kind === 'growthBytes'
      ? judgeGrowth(limit, cost, before)
      : judged(limit, amountsOf(cost)[limit.kind], hasUnknown(cost, limit.kind)),
  );

function judged(limit: Limit, actual: number, atLeast: boolean): Judged {
  const status = actual > limit.most ? 'over' : atLeast ? 'unknown' : 'within';
  return { limit, actual, atLeast, status };
}

function judgeGrowth(limit: Limit, cost: Cost, before: Before | undefined): Judged {
  if (!before) return { limit, actual: undefined, atLeast: false, status: 'unknown' };
  const grown = cost.perProcess.bytes - before.perProcessBytes;
  // What was not known either is taken to be the same, as with what-ifs: of both sums it is left out.
  const isNew = (row: string) => !before.unknown.includes(row);
  return judged(limit, grown, unknownRows(cost).some(isNew));
}

/** Pages that are not known may need further tables. */
const PARTS: Readonly<Record<Exclude<LimitKind, 'growthBytes'>, readonly Category[]>> = {
  perProcessBytes: ['private', 'page-tables', 'kernel'],
  privatePages: ['private'],
  tablePages: ['private', 'page-tables'],
};

const hasUnknown = ({ rows }: Cost, kind: keyof typeof PARTS): boolean =>
  rows.some(({ bytes, category }) => bytes === undefined && PARTS[kind].includes(category));

/**
 * What to compare a program's growth with: its entry in a baseline, or why that has none that fits. What
 * is known now and was not before would look like growth.
 */
export function beforeIn(
  baseline: readonly Before[],
  file: string,
  cost: Cost,
  aslr: boolean,
): Before | string {
  const entries = baseline.filter((entry) => entry.file === file);
  const before = entries.find((entry) => entry.aslr === aslr);
  if (!before) {
    return entries.length > 0
      ? l10n.t(
          'The baseline has no entry for {0} with aslr {1}. pagecost check --save-baseline saves one.',
          file,
          aslr,
        )
      : l10n.t(
          'The baseline has no entry for {0}. pagecost check --save-baseline saves one.',
          file,
        );
  }
  if (before.system !== cost.system) {
    return l10n.t(
      'The baseline has {0} on {1}; the program is for {2} now. pagecost check --save-baseline saves it again.',
      file,
      before.system,
      cost.system,
    );
  }
  const unknown = new Set(unknownRows(cost));
  return before.unknown.every((row) => unknown.has(row))
    ? before
    : l10n.t(
        'More is known of what {0} costs than when the baseline was saved. pagecost check --save-baseline saves it again.',
        file,
      );
}
