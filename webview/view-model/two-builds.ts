import * as l10n from '@vscode/l10n';
import { printable } from '../../src/format.js';
import type { Cost } from '../../src/model/cost.js';
import {
  type CostDifference,
  differ,
  type SumDifference,
} from '../../src/model/cost-difference.js';
import { type Conditions, estimate } from '../../src/model/estimate.js';
import { otherMachine, otherSystem } from '../../src/model/incomparable.js';
import type { Program } from '../../src/model/program.js';

/** Two programs beside each other, or why there is no sense in that. */
export type TwoBuilds =
  | { readonly ok: true; readonly before: Cost; readonly difference: CostDifference }
  | { readonly ok: false; readonly problem: string };

/**
 * What a program and its cost are beside one compared with, under the same conditions.
 * @param conditions those of `cost`; both are taken as they are, without what-ifs
 */
export function compareBuilds(
  before: Program,
  after: { readonly program: Program; readonly cost: Cost },
  conditions: Conditions,
): TwoBuilds {
  const machines = otherMachine(before, after.program);
  if (machines !== undefined) return { ok: false, problem: machines };
  const { cost, diagnostics } = estimate(before, conditions);
  if (!cost) {
    // The refusal comes last.
    const reason = diagnostics.at(-1)?.message ?? '';
    return {
      ok: false,
      problem: `${l10n.t('Of {0} there is no process to compare with.', printable(before.path))} ${reason}`,
    };
  }
  const systems = otherSystem({ program: before, cost }, after);
  if (systems !== undefined) return { ok: false, problem: systems };
  return { ok: true, before: cost, difference: differ(cost, after.cost) };
}

/** What was to be expected of a build: what the what-ifs chosen save of the one before. */
export interface Prediction {
  /** Ids of those that the one before can have. */
  readonly whatIfs: readonly string[];
  readonly perProcess: SumDifference;
}

/** Undefined where the program before can have none of the what-ifs. */
export function predict(
  before: Program,
  cost: Cost,
  conditions: Conditions,
  whatIfs: readonly string[],
): Prediction | undefined {
  if (whatIfs.length === 0) return undefined;
  const other = estimate(before, { ...conditions, whatIfs }).cost;
  if (!other || other.whatIfs.length === 0) return undefined;
  return { whatIfs: other.whatIfs, perProcess: differ(cost, other).perProcess };
}
