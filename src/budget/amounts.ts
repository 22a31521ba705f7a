import type { Cost } from '../model/cost.js';
import type { Sums } from '../model/sums.js';

/** What budgets limit of a cost. Pages are to a hundredth: some of them are means. */
export interface Amounts {
  /** Whole bytes. */
  readonly perProcessBytes: number;
  readonly privatePages: number;
  /** Without the top table, the mean over placements: what Linux counts as VmPTE. */
  readonly tablePages: number;
}

export const amountsOf = ({ perProcess, pageTables, pageSize }: Cost | Sums): Amounts => ({
  perProcessBytes: perProcess.bytes,
  privatePages: hundredths(perProcess.privateBytes / pageSize),
  tablePages: hundredths(pageTables.mean),
});

const hundredths = (n: number): number => Math.round(n * 100) / 100;
