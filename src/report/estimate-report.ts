import type { Cost } from '../model/cost.js';
import { type Conditions, estimate } from '../model/estimate.js';
import type { Program } from '../model/program.js';
import { type Asked, costReport, refusalReport } from './make-report.js';
import type { CostReport, RefusalReport } from './report.js';

/** A cost and the report of it, or the report of why there is none. */
export type Reported =
  | { readonly cost: Cost; readonly report: CostReport }
  | { readonly cost: undefined; readonly report: RefusalReport };

/** What a program costs under these conditions, with what-ifs also beside what it costs without. */
export function estimateReport(program: Program, asked: Conditions & Asked): Reported {
  const { cost, leftOut, diagnostics } = estimate(program, asked);
  if (!cost) return { cost, report: refusalReport(program.path, program, diagnostics) };
  const without =
    cost.whatIfs.length > 0 ? estimate(program, { ...asked, whatIfs: [] }).cost : undefined;
  return { cost, report: costReport(program, cost, diagnostics, asked, { leftOut, without }) };
}
