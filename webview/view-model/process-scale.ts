import { MAX_PROCESSES } from '../../src/model/total.js';

/** ISO 3, series R10: ten steps to a decade, each 26 % above the last, in round numbers. */
const PREFERRED = [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8] as const;

/**
 * The process counts a slider stops at: 1 to 1,000,000, evenly spaced on a logarithmic scale. The
 * first decade has fewer, because half a process does not exist.
 */
export const PROCESS_STEPS: readonly number[] = [
  ...new Set(
    [1, 10, 100, 1000, 10_000, 100_000].flatMap((decade) =>
      PREFERRED.map((factor) => Math.round(factor * decade)),
    ),
  ),
  MAX_PROCESSES,
];

/** The slider's position for a process count: the step nearest to it, by ratio. */
export function stepOf(processes: number): number {
  const distance = (step: number) => Math.abs(Math.log(step / processes));
  return PROCESS_STEPS.reduce(
    (best, step, index) => (distance(step) < distance(processesAt(best)) ? index : best),
    0,
  );
}

/** The process count at a slider position; positions outside the scale give its ends. */
export const processesAt = (position: number): number =>
  PROCESS_STEPS[Math.min(Math.max(0, Math.round(position)), PROCESS_STEPS.length - 1)] as number;
