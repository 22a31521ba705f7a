import { coarsen, count, type Runs, run, union } from './runs.js';
import type { Workload } from './workload.js';

/** What lies at the top of a Linux stack at rest, in bytes (R9; Linux fs/exec.c, fs/binfmt_elf.c). */
export interface StackContents {
  /** File name, arguments, environment, and the word above them. */
  readonly strings: number;
  /** Auxiliary vector, pointers, and the frames below them. */
  readonly frames: number;
}

/** arch_align_stack lowers the stack pointer by up to 8191 bytes, then aligns it to 16. */
export const STACK_GAPS = 512;
const GAP_STEP = 16;
/** 22 entries of 16 bytes on x86-64 (create_elf_tables), platform name and random bytes behind them. */
const AUXILIARY = 352 + 32;
/** argc, argv[0] and the two NULLs that end argv and the environment. */
const POINTERS = 4;

/**
 * @param path of the program as given to exec: it is on the stack twice, as file name and argv[0]
 * @param frames bytes of stack frames at rest below the auxiliary vector
 * @param wordSize bytes of a pointer
 */
export function stackContents(
  path: string,
  frames: number,
  workload: Workload,
  wordSize: number,
): StackContents {
  const { bytes, strings } = workload.environment;
  const pathBytes = new TextEncoder().encode(path).length + 1;
  return {
    strings: wordSize + 2 * pathBytes + bytes,
    frames: AUXILIARY + wordSize * (POINTERS + strings) + frames + workload.stackBytes,
  };
}

/**
 * Bytes in use of a stack, counted downwards from its top, for one of the `STACK_GAPS` gaps the
 * kernel may leave between the strings and the rest; gap 0 is that of a stack not randomised.
 */
export function stackBytes({ strings, frames }: StackContents, gap: number): Runs {
  const begin = Math.ceil(strings / GAP_STEP) * GAP_STEP + gap * GAP_STEP;
  return union(run(0, strings), run(begin, frames));
}

/** Pages in use over all gaps: least, most and mean. */
export function stackPages(
  contents: StackContents,
  randomised: boolean,
  pageSize: number,
): { mean: number; min: number; max: number } {
  const gaps = randomised ? STACK_GAPS : 1;
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  for (let gap = 0; gap < gaps; gap++) {
    const pages = count(coarsen(stackBytes(contents, gap), pageSize));
    sum += pages;
    min = Math.min(min, pages);
    max = Math.max(max, pages);
  }
  return { mean: sum / gaps, min, max };
}
