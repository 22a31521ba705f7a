import assert from 'node:assert/strict';
import { estimate } from '../../../src/model/estimate.js';
import { START_UP, type Workload } from '../../../src/model/workload.js';
import { loadProgram } from '../../../src/program/load-program.js';
import { costReport, refusalReport } from '../../../src/report/make-report.js';
import type { CostReport, RefusalReport } from '../../../src/report/report.js';

/** The report of a file, with a cost or without; randomised addresses, 10,000 processes. */
export function reportOf(path: string, said: Partial<Workload> = {}): CostReport | RefusalReport {
  const workload = { ...START_UP, ...said };
  const { program, diagnostics } = loadProgram(path);
  if (!program) return refusalReport(path, undefined, diagnostics);
  const estimated = estimate(program, { system: undefined, workload, aslr: true });
  if (!estimated.cost) return refusalReport(path, program, estimated.diagnostics);
  const asked = { processes: 10_000, workload };
  return costReport(program, estimated.cost, estimated.diagnostics, asked);
}

/** The same of a file that has a cost. */
export function costReportOf(path: string, said?: Partial<Workload>): CostReport {
  const report = reportOf(path, said);
  assert.ok('perProcess' in report, `${path} has no cost`);
  return report;
}
