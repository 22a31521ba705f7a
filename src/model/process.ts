import type { Mapping, Placed } from './mapping.js';

/**
 * Numbers in [0, 1) that decide where a kernel puts things, each independent of the others;
 * undefined where nothing is randomised.
 */
export type Draws =
  | {
      readonly stack: number;
      readonly gap: number;
      readonly mmap: number;
      readonly pie: number;
      readonly heap: number;
    }
  | undefined;

/** A process's parts, and where they go. */
export interface Process {
  /** All regions, the program's first; the stack as it is without randomisation. */
  readonly mappings: readonly Mapping[];
  /** Whether the placement depends on the draws. */
  readonly randomised: boolean;
  /** Blocks that do not overlap, in no order. */
  place(draws: Draws): readonly Placed[];
  /** Pages of stack in use, over all placements. */
  readonly stackPages: { readonly mean: number; readonly min: number; readonly max: number };
}

/** The last part of a path, with either separator. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) || path;
