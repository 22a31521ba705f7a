import { printable } from '../../src/format.js';
import { otherMachine, otherSystem } from '../../src/model/comparable.js';
import type { Cost } from '../../src/model/cost.js';
import {
  type CostDifference,
  differ,
  type RowDifference,
  type SumDifference,
  sumDifference,
} from '../../src/model/cost-difference.js';
import { type Conditions, estimate } from '../../src/model/estimate.js';
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
      problem: `Of ${printable(before.path)} there is no process to compare with. ${reason}`,
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

/** Rows that are written out before all are asked for. */
export const MOST_ROWS = 12;

/** Rows that are paid for in the same way; `rest` are those that are not written out, in one. */
export interface DifferenceGroup {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly RowDifference[];
  readonly rest: readonly RowDifference[];
  readonly restSum: SumDifference;
}

/** The rows that differ, or may; a group without any is left out. */
export const differenceGroups = ({ rows }: CostDifference): readonly DifferenceGroup[] =>
  [
    { id: 'builds/process', title: 'In one more process', shared: false },
    { id: 'builds/shared', title: 'Shared once', shared: true },
  ]
    .map(({ id, title, shared }) => {
      const own = rows.filter(({ category }) => (category === 'shared') === shared);
      const differing = own.filter(({ difference }) => difference !== 0).slice(0, MOST_ROWS);
      const rest = own.slice(differing.length);
      return { id, title, rows: differing, rest, restSum: sumDifference(rest) };
    })
    .filter((group) => group.rows.length > 0);
