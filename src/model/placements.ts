import type { Draws } from './process.js';

/** Placements looked at where addresses are randomised. */
const SAMPLES = 1024;
/** The root of x⁶ = x + 1. */
const PHI = 1.1347241384015194;

let known: readonly Draws[] | undefined;

/**
 * Points spread evenly over the unit cube of the five draws, the same ones each time: multiples of the powers
 * of 1/φ, with φ the root of x⁶ = x + 1 (the additive recurrence that generalises the golden ratio). The
 * error of a mean falls as 1/n and not as 1/√n.
 */
export function randomPlacements(): readonly Draws[] {
  known ??= evenDraws();
  return known;
}

function evenDraws(): Draws[] {
  const steps = [1, 2, 3, 4, 5].map((power) => PHI ** -power);
  return Array.from({ length: SAMPLES }, (_, i) => {
    const at = (dimension: number) => (0.5 + (i + 1) * (steps[dimension] as number)) % 1;
    return { stack: at(0), gap: at(1), mmap: at(2), pie: at(3), heap: at(4) };
  });
}
