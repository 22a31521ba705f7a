import { useEffect, useState } from 'preact/hooks';
import type { Cost } from '../../src/model/cost.js';
import type { Conditions } from '../../src/model/estimate.js';
import type { Program } from '../../src/model/program.js';
import { type Saving, savingsInSteps } from '../../src/model/savings.js';
import { inSlices } from '../../src/steps.js';

/** What each what-if alone saves, and of what. */
export interface Savings {
  /** The cost that they are compared with: while new ones are worked out, not the one shown. */
  readonly of: Cost;
  readonly list: readonly Saving[];
}

/**
 * What each what-if alone saves; undefined until that is known. It is an estimate for each, so they are
 * worked out bit by bit, and only when program or conditions change: neither the process count nor what
 * is chosen is among those. Until new ones are there, the old ones stay.
 * @param cost without any what-if
 */
export function useSavings(
  program: Program,
  conditions: Conditions,
  cost: Cost | undefined,
): Savings | undefined {
  const [savings, setSavings] = useState<Savings>();
  useEffect(() => {
    if (!cost) return;
    const steps = savingsInSteps(program, conditions, cost);
    let isWanted = true;
    void inSlices(steps).then((list) => {
      if (isWanted) setSavings({ of: cost, list });
    });
    return () => {
      isWanted = false;
      steps.return([]);
    };
  }, [program, conditions, cost]);
  return savings;
}
