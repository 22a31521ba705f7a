import { type Runs, run, union } from './runs.js';
import type { Workload } from './workload.js';

/** What lies at the top of a Linux stack at rest, in bytes (Linux fs/exec.c, fs/binfmt_elf.c). */
export interface StackContents {
  /** File name, arguments, environment, and the word above them. */
  readonly strings: number;
  /** Auxiliary vector, pointers, and the frames below them. */
  readonly frames: number;
}

/** arch_align_stack lowers the stack pointer by up to 8191 bytes, then aligns it to 16. */
const MAX_GAP = 8192;
const STACK_ALIGN = 16;
/** Gaps looked at where whole placements are; a page more or less of stack rarely is a table more. */
export const STACK_VARIANTS = 32;
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
 * Bytes in use of a stack, counted downwards from its top, in one of `STACK_VARIANTS`; the first is
 * that of a stack not randomised.
 */
export function stackBytes(contents: StackContents, variant: number): Runs {
  const gap = variant * (MAX_GAP / STACK_VARIANTS);
  return union(run(0, contents.strings), run(beginOfFrames(contents, gap), contents.frames));
}

const beginOfFrames = ({ strings }: StackContents, gap: number): number =>
  Math.ceil(strings / STACK_ALIGN) * STACK_ALIGN + gap;

/** Pages in use over all gaps: least, most and mean. */
export function stackPages(
  contents: StackContents,
  randomised: boolean,
  pageSize: number,
): { mean: number; min: number; max: number } {
  const gaps = randomised ? MAX_GAP / STACK_ALIGN : 1;
  const ofStrings = Math.ceil(contents.strings / pageSize);
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  for (let i = 0; i < gaps; i++) {
    const begin = beginOfFrames(contents, i * STACK_ALIGN);
    const first = Math.max(ofStrings, Math.floor(begin / pageSize));
    const pages = ofStrings + Math.max(0, Math.ceil((begin + contents.frames) / pageSize) - first);
    sum += pages;
    min = Math.min(min, pages);
    max = Math.max(max, pages);
  }
  return { mean: sum / gaps, min, max };
}
