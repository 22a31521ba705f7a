/**
 * What headers cannot know: what a process does. The default is start-up only, so that the estimate
 * is a floor for any program that then does something.
 */
export interface Workload {
  /**
   * Sizes of malloc requests, in bytes, in order; empty for a program that asks for nothing, and
   * undefined where nobody said, which is left to what the C library's start-up usually brings.
   */
  readonly heap: readonly number[] | undefined;
  /** Whether the program writes what it asked malloc for. */
  readonly heapWritten: boolean;
  /** Bytes of stack the program uses beyond what its start-up does. */
  readonly stackBytes: number;
  /** Share of the program's bss in use, 0 to 1, from its begin on; undefined for what the rule `bss` guesses. */
  readonly bssTouched: number | undefined;
  /** Whether malloc gave out what is left of the bss's last page; only a what-if makes it so. */
  readonly bssEndUsed?: boolean;
  /** The environment and arguments the kernel copies to the top of the stack. */
  readonly environment: { readonly bytes: number; readonly strings: number };
}

/** The requests of Bernstein's test program of June 2003: 1076 bytes in all. */
export const BERNSTEIN_REQUESTS: readonly number[] = [360, 80, 180, 16, 440];

/** A process that does nothing but start. */
export const START_UP: Workload = {
  heap: undefined,
  heapWritten: false,
  stackBytes: 0,
  bssTouched: undefined,
  // A guess at a login shell's environment; the number of stack pages hardly depends on it.
  environment: { bytes: 1500, strings: 30 },
};
