import type { ComparedRow, ComparedSum, Comparison } from '../model/comparison.js';
import type { Category, Quality } from '../model/cost.js';
import type { MeasuredProcess, Measurement } from '../model/measurement.js';
import { type PageFacts, pageFacts } from './page-facts.js';
import type { CostReport } from './report.js';

/** The version goes up when a field changes its meaning or leaves; new fields may come any time. */
export const COMPARISON_FORMAT = 'pagecost-measure/1';

/**
 * An estimate beside live processes: plain data, from which the text is written and which is the JSON
 * document (media/pagecost.schema.json). What does not apply or is not known is null, never 0.
 */
export interface ComparisonReport {
  readonly format: typeof COMPARISON_FORMAT;
  /** For the system of this machine, and for as many processes as were measured. */
  readonly estimate: CostReport;
  /** Name and release of the kernel that the processes run on. */
  readonly kernel: string;
  readonly processes: readonly ProcessFacts[];
  readonly rows: readonly ComparedRowFacts[];
  readonly sums: readonly ComparedSum[];
  readonly tablesAgree: boolean | null;
  readonly remarks: readonly string[];
}

export interface ProcessFacts {
  readonly pid: number;
  readonly threads: number;
  readonly regions: number;
  readonly randomised: boolean | null;
  /** What the kernel shows as VmPTE. */
  readonly pageTableBytes: number;
  readonly privateBytes: number;
  readonly residentBytes: number;
  readonly swappedBytes: number;
}

export interface ComparedRowFacts {
  /** That of the estimate's row where there is one. */
  readonly id: string;
  readonly category: Category;
  readonly label: string;
  readonly object: string | null;
  /** Bytes; those measured are the mean over the processes. */
  readonly predicted: number | null;
  readonly range: { readonly min: number; readonly max: number } | null;
  readonly quality: Quality | null;
  readonly measured: number | null;
  readonly why: string | null;
  /** Addresses are counted from where the object was loaded. */
  readonly unpredicted: PageFacts;
  readonly unwritten: PageFacts;
}

/**
 * @param estimate of the program that was measured, the one the comparison was made with
 * @param kernel name and release of the kernel that the processes run on
 */
export const comparisonReport = (
  estimate: CostReport,
  comparison: Comparison,
  { processes }: Measurement,
  kernel: string,
): ComparisonReport => ({
  format: COMPARISON_FORMAT,
  estimate,
  kernel,
  processes: processes.map(processFacts),
  rows: comparison.rows.map((row) => rowFacts(row, estimate.pageBytes)),
  sums: comparison.sums,
  tablesAgree: comparison.tablesAgree ?? null,
  remarks: comparison.remarks,
});

function processFacts(process: MeasuredProcess): ProcessFacts {
  const { pid, threads, regions, randomised, tableBytes, swappedBytes } = process;
  return {
    pid,
    threads,
    regions: regions.length,
    randomised: randomised ?? null,
    pageTableBytes: tableBytes,
    privateBytes: regions.reduce((sum, region) => sum + region.privateBytes, 0),
    residentBytes: regions.reduce((sum, region) => sum + region.residentBytes, 0),
    swappedBytes,
  };
}

const rowFacts = (row: ComparedRow, pageSize: number): ComparedRowFacts => ({
  id: row.id,
  category: row.category,
  label: row.label,
  object: row.object ?? null,
  predicted: row.predicted ?? null,
  range: row.range ?? null,
  quality: row.quality ?? null,
  measured: row.measured ?? null,
  why: row.why ?? null,
  unpredicted: pageFacts(row.unpredicted, pageSize),
  unwritten: pageFacts(row.unwritten, pageSize),
});
