import type { Category, Quality, Row } from './cost.js';
import { NO_RUNS, type Runs } from './runs.js';

/** A line of the ledger, or several that cannot be told apart from outside, beside what was measured. */
export interface ComparedRow {
  readonly id: string;
  readonly category: Category;
  readonly label: string;
  readonly object: string | undefined;
  /** Bytes; undefined where the estimate does not know them, or says nothing of the sort. */
  readonly predicted: number | undefined;
  readonly range: Row['range'];
  readonly quality: Quality | undefined;
  /** Bytes, the mean over the processes; undefined where they cannot be measured. */
  readonly measured: number | undefined;
  /** What explains the difference, or why there is nothing to compare; a sentence for people. */
  readonly why: string | undefined;
  /**
   * Pages of the object, counted from its first, that the first process holds though the estimate
   * does not have them, and the reverse.
   */
  readonly unpredicted: Runs;
  readonly unwritten: Runs;
}

/** An estimate beside what was found in live processes. */
export interface Comparison {
  readonly processes: number;
  readonly rows: readonly ComparedRow[];
  /** Sums of what can be measured: private pages, and page tables without the top one (VmPTE). */
  readonly sums: readonly ComparedSum[];
  /**
   * Whether the pages found in RAM need just as many page tables as the kernel counts, in every
   * process; undefined where not all pages could be seen.
   */
  readonly tablesAgree: boolean | undefined;
  readonly remarks: readonly string[];
}

export interface ComparedSum {
  readonly category: 'private' | 'page-tables';
  readonly predicted: number;
  readonly measured: number;
}

/** A row of the estimate without anything measured. */
export const unmeasured = ({ id, category, label, object, range, quality, bytes }: Row) =>
  ({
    id,
    category,
    label,
    object,
    range,
    quality,
    predicted: bytes,
    measured: undefined,
    why: undefined,
    unpredicted: NO_RUNS,
    unwritten: NO_RUNS,
  }) satisfies ComparedRow;

/** Rounded: rows are whole bytes. */
export const mean = (numbers: readonly number[]): number =>
  Math.round(numbers.reduce((sum, n) => sum + n, 0) / numbers.length);
