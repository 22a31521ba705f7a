import { useMemo } from 'preact/hooks';
import type { Cost } from '../../src/model/cost.js';
import type { Conditions } from '../../src/model/estimate.js';
import type { Program } from '../../src/model/program.js';
import { type Base, decodeProgram } from '../../src/protocol.js';
import {
  compareBuilds,
  type Prediction,
  predict,
  type TwoBuilds,
} from '../view-model/two-builds.js';

/** The program shown beside the one it is compared with. */
export interface Compared {
  readonly base: Base;
  readonly before: Program;
  readonly both: TwoBuilds;
  readonly prediction: Prediction | undefined;
}

/**
 * Compares anew when a program or a condition changes; undefined while there is nothing to compare with.
 * @param cost of the program under the conditions, without what-ifs
 * @param whatIfs ids of those chosen
 */
export function useBuilds(
  base: Base | undefined,
  program: Program,
  cost: Cost | undefined,
  conditions: Conditions,
  whatIfs: readonly string[],
): Compared | undefined {
  const before = useMemo(() => base && decodeProgram(base.program), [base]);
  const both = useMemo(
    () => before && cost && compareBuilds(before, { program, cost }, conditions),
    [before, program, cost, conditions],
  );
  const prediction = useMemo(
    () => (before && both?.ok ? predict(before, both.before, conditions, whatIfs) : undefined),
    [before, both, conditions, whatIfs],
  );
  return base && before && both && { base, before, both, prediction };
}
