import * as l10n from '@vscode/l10n';
import { atOnce, type Steps } from '../steps.js';
import type { Cost } from './cost.js';
import { type Conditions, estimate } from './estimate.js';
import type { Program } from './program.js';
import type { WhatIf } from './what-if.js';
import { WHAT_IFS } from './what-ifs.js';

/** What one what-if alone saves; negative bytes make the process dearer. */
export interface Saving {
  readonly whatIf: WhatIf;
  /** Why the program cannot have it, or why there is no number; undefined where there is one. */
  readonly obstacle: string | undefined;
  /** Bytes less for each process, and once for all of them; zero where there is an obstacle. */
  readonly perProcess: number;
  readonly sharedOnce: number;
  /** True where something is not known of what it costs then: it saves this at most. */
  readonly atMost?: boolean;
}

/**
 * What each what-if would save, in the order of `WHAT_IFS`, each compared with `cost`: the same program
 * under the same conditions without any. What several save together is not the sum.
 */
export const savings = (program: Program, conditions: Conditions, cost: Cost): readonly Saving[] =>
  atOnce(savingsInSteps(program, conditions, cost));

/** The same in steps, one for each: as many estimates. */
export function* savingsInSteps(
  program: Program,
  conditions: Conditions,
  cost: Cost,
): Steps<readonly Saving[]> {
  const list: Saving[] = [];
  for (const whatIf of WHAT_IFS) {
    list.push(savingOf(whatIf, program, conditions, cost));
    yield;
  }
  return list;
}

function savingOf(whatIf: WhatIf, program: Program, conditions: Conditions, cost: Cost): Saving {
  const none = (obstacle: string): Saving => ({ whatIf, obstacle, perProcess: 0, sharedOnce: 0 });
  const asked = { ...conditions, whatIfs: [whatIf.id] };
  const { cost: other, leftOut } = estimate(program, asked);
  const obstacle = leftOut.find(({ id }) => id === whatIf.id)?.reason;
  if (obstacle !== undefined) return none(obstacle);
  if (!other) return none(l10n.t('There could be no process of it.'));
  return { whatIf, obstacle: undefined, ...savedBy(cost, other), atMost: isLessKnown(other, cost) };
}

/** Whether a row is not known that is, or is not there, in the other cost. */
export function isLessKnown(cost: Cost, than: Cost): boolean {
  const unknown = ({ rows }: Cost) => rows.filter((row) => row.bytes === undefined);
  const ids = new Set(unknown(than).map(({ id }) => id));
  return unknown(cost).some(({ id }) => !ids.has(id));
}

/** How many bytes `other` is cheaper than `cost`, for each process and once. */
export const savedBy = (
  cost: Cost,
  other: Cost,
): { readonly perProcess: number; readonly sharedOnce: number } => ({
  perProcess: cost.perProcess.bytes - other.perProcess.bytes,
  sharedOnce: cost.sharedOnceBytes - other.sharedOnceBytes,
});
