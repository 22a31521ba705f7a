import { useMemo } from 'preact/hooks';
import type { Estimate } from '../src/model/cost.js';
import { type Conditions, estimate } from '../src/model/estimate.js';
import type { Program } from '../src/model/program.js';
import type { PanelState } from '../src/protocol.js';
import { systemById } from '../src/system/systems.js';
import { workloadOf } from './conditions/choices.js';

/** A program's estimates under the conditions chosen. */
export interface Estimates {
  readonly conditions: Conditions;
  /** As it is. */
  readonly plain: Estimate;
  /** With the what-ifs chosen; the same as `plain` where none is. */
  readonly chosen: Estimate;
}

/**
 * Estimates anew when a condition or a what-if changes. The process count is no condition: moving its
 * slider estimates nothing.
 * @param systemId one that fits the program; undefined for the one detected
 */
export function useEstimates(
  program: Program,
  systemId: string | undefined,
  choices: PanelState,
): Estimates {
  const { aslr, heap, written, stack, bss, whatIfs } = choices;
  const conditions = useMemo(
    (): Conditions => ({
      system: systemId === undefined ? undefined : systemById(systemId),
      workload: workloadOf({ heap, written, stack, bss }),
      aslr,
    }),
    [systemId, aslr, heap, written, stack, bss],
  );
  const plain = useMemo(() => estimate(program, conditions), [program, conditions]);
  const chosen = useMemo(
    () => (whatIfs.length === 0 ? plain : estimate(program, { ...conditions, whatIfs })),
    [plain, program, conditions, whatIfs],
  );
  return { conditions, plain, chosen };
}
