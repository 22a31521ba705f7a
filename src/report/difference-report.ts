import type { Category, Quality, Row } from '../model/cost.js';
import {
  type CostDifference,
  type PageChange,
  type RowDifference,
  type SumDifference,
  totalDifference,
} from '../model/cost-difference.js';
import { reasonsInBrief } from '../model/reasons.js';
import type { CostReport } from './report.js';

/** The version goes up when a field changes its meaning or leaves; new fields may come any time. */
export const DIFFERENCE_FORMAT = 'pagecost-diff/1';

/**
 * Two programs beside each other: plain data, from which the text is written and which is the JSON
 * document (media/pagecost.schema.json). What does not apply or is not known is null, never 0.
 */
export interface DifferenceReport {
  readonly format: typeof DIFFERENCE_FORMAT;
  readonly before: CostReport;
  readonly after: CostReport;
  readonly sums: {
    readonly perProcess: SumDifference;
    readonly private: SumDifference;
    readonly pageTables: SumDifference;
    readonly kernel: SumDifference;
    readonly sharedOnce: SumDifference;
    /** Of as many processes as the reports are for. */
    readonly total: SumDifference;
  };
  /** The biggest difference first. */
  readonly rows: readonly RowDifferenceFacts[];
}

export interface RowDifferenceFacts {
  readonly id: string;
  readonly category: Category;
  readonly label: string;
  readonly object: string | null;
  /** Null where there is no such row. */
  readonly before: SideFacts | null;
  readonly after: SideFacts | null;
  /** Bytes more than before; null where a side is not known. */
  readonly difference: number | null;
  /** Pages more or fewer for each reason. */
  readonly changes: readonly PageChange[];
}

export interface SideFacts {
  readonly pages: number | null;
  readonly bytes: number | null;
  readonly quality: Quality;
  readonly detail: string | null;
}

/**
 * @param before of the program that is compared with
 * @param difference of the costs that the two reports are of
 */
export function differenceReport(
  before: CostReport,
  after: CostReport,
  difference: CostDifference,
): DifferenceReport {
  const { rows, sums, perProcess } = difference;
  return {
    format: DIFFERENCE_FORMAT,
    before,
    after,
    sums: {
      perProcess,
      private: sums.private,
      pageTables: sums['page-tables'],
      kernel: sums.kernel,
      sharedOnce: sums.shared,
      total: totalDifference(difference, before.processes),
    },
    rows: rows.map(rowFacts),
  };
}

/** A row of a difference as plain data. */
export function rowFacts({ before, after, difference, ...row }: RowDifference): RowDifferenceFacts {
  const { label, object } = (after ?? before) as Row;
  return {
    id: row.id,
    category: row.category,
    label,
    object: object ?? null,
    before: before ? sideFacts(before) : null,
    after: after ? sideFacts(after) : null,
    difference: difference ?? null,
    changes: row.changes,
  };
}

const sideFacts = ({ pages, bytes, quality, detail, reasons }: Row): SideFacts => ({
  pages: pages ?? null,
  bytes: bytes ?? null,
  quality,
  detail: (detail ?? reasonsInBrief(reasons)) || null,
});
