import type { LinuxAddressSpace } from '../system/system.js';
import { memoized } from './memoized.js';
import { STACK_VARIANTS } from './stack.js';

/** What a kernel draws by lot when it starts a program, in each of the placements that are looked at. */
export interface Placements {
  readonly count: number;
  /** First page above the stack. */
  readonly stackTop: Float64Array;
  /** Of the gap in the stack, one of `STACK_VARIANTS`. */
  readonly stackVariant: Uint16Array;
  /** First page above the mmap area. */
  readonly mmapTop: Float64Array;
  /** First page of a position-independent program that is not aligned to more. */
  readonly pieBase: Float64Array;
  /** Pages between a program and its heap. */
  readonly heapGap: Float64Array;
}

/** Placements looked at where addresses are randomised. */
const SAMPLES = 1024;

/** The same ones each time, so that the same program always gives the same figure. */
export const placementsIn = memoized((space: LinuxAddressSpace, aslr: boolean): Placements => {
  const { taskEnd, random, mmapGap, mmapGapRandomised, pieBase } = space;
  const count = aslr ? SAMPLES : 1;
  const picks = (dimension: number, positions: number) =>
    Float64Array.from({ length: count }, (_, i) =>
      aslr ? Math.floor(evenDraw(i, dimension) * positions) : 0,
    );
  const below = (end: number) => (pages: number) => end - pages;
  return {
    count,
    stackTop: picks(1, random.stack).map(below(taskEnd)),
    stackVariant: Uint16Array.from(picks(2, STACK_VARIANTS)),
    mmapTop: picks(3, random.mmap).map(below(taskEnd - (aslr ? mmapGapRandomised : mmapGap))),
    pieBase: picks(4, random.pie).map((pages) => pieBase + pages),
    heapGap: picks(5, random.heap),
  };
});

/**
 * Points spread evenly over the unit cube of the five draws: multiples of the powers of 1/φ, with φ
 * the root of x⁶ = x + 1 (the additive recurrence that generalises the golden ratio: M. Roberts, The
 * Unreasonable Effectiveness of Quasirandom Sequences, 2018). The error of a mean falls as 1/n and not as 1/√n.
 *
 * @param dimension 1 to 5
 * @returns from 0 to below 1
 */
const evenDraw = (i: number, dimension: number): number => (0.5 + (i + 1) * PHI ** -dimension) % 1;

const PHI = 1.1347241384015194;
