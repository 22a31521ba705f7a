import { roundUp } from './round-up.js';
import { type Runs, run, union } from './runs.js';
import type { Workload } from './workload.js';

/** What lies at the top of a Linux stack at rest, in bytes (Linux fs/exec.c, fs/binfmt_elf.c). */
export interface StackContents {
  /** File name, arguments, environment, and the word above them. */
  readonly strings: number;
  /** Auxiliary vector, pointers, and the frames below them. */
  readonly frames: number;
  /** Randomisation leaves fewer bytes than this between the two. */
  readonly gapRange: number;
}

/** What of a system its stacks depend on. */
export interface StackRules {
  /** Bytes of a pointer. */
  readonly wordSize: number;
  readonly auxiliaryEntries: number;
  readonly stackGapBytes: number;
}

/** Whatever the machine, the stack pointer is then aligned to as much (STACK_ROUND, arch_align_stack). */
const STACK_ALIGN = 16;
/** Gaps looked at where whole placements are; a page more or less of stack rarely is a table more. */
export const STACK_VARIANTS = 32;
/** Platform name and random bytes above the auxiliary vector (create_elf_tables). */
const ABOVE_AUXILIARY = 24;
/** argc, argv[0] and the two NULLs that end argv and the environment. */
const POINTERS = 4;

/**
 * @param pathBytes of the program's path as given to exec: it is on the stack twice, as file name and argv[0]
 * @param frames bytes of stack frames at rest below the auxiliary vector
 * @param wordSize bytes of a pointer
 */
export function stackContents(
  pathBytes: number,
  frames: number,
  workload: Workload,
  { wordSize, auxiliaryEntries, stackGapBytes }: StackRules,
): StackContents {
  const { bytes, strings } = workload.environment;
  return {
    strings: wordSize + 2 * (pathBytes + 1) + bytes,
    frames:
      ABOVE_AUXILIARY +
      2 * wordSize * auxiliaryEntries +
      wordSize * (POINTERS + strings) +
      frames +
      workload.stackBytes,
    gapRange: stackGapBytes,
  };
}

/**
 * Bytes in use of a stack, counted downwards from its top, in one of `STACK_VARIANTS`; the first is
 * that of a stack not randomised.
 */
export function stackBytes(contents: StackContents, variant: number): Runs {
  const frames = run(beginOfFrames(contents, gapOf(contents, variant)), contents.frames);
  return union(run(0, contents.strings), frames);
}

/** Pages that hold them, from the top down to the last, in one of `STACK_VARIANTS`. */
export const stackDepth = (contents: StackContents, variant: number, pageSize: number): number =>
  Math.ceil((beginOfFrames(contents, gapOf(contents, variant)) + contents.frames) / pageSize);

const gapOf = ({ gapRange }: StackContents, variant: number): number =>
  variant * (gapRange / STACK_VARIANTS);

const beginOfFrames = ({ strings }: StackContents, gap: number): number =>
  roundUp(strings, STACK_ALIGN) + gap;

/** Pages in use over all gaps: least, most and mean. */
export function stackPages(
  contents: StackContents,
  randomised: boolean,
  pageSize: number,
): { mean: number; min: number; max: number } {
  const gaps = randomised ? contents.gapRange / STACK_ALIGN : 1;
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
