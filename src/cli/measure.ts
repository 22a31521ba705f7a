import { release, type } from 'node:os';
import { executableOf } from '../measure/find-processes.js';
import { measureProcess, measureRunning } from '../measure/measure-running.js';
import { DELETED } from '../measure/object-names.js';
import { measuringProblem } from '../measure/platform.js';
import { readProcess } from '../measure/process-memory.js';
import { thisSystem } from '../measure/this-system.js';
import { compare } from '../model/compare.js';
import { estimate } from '../model/estimate.js';
import type { Measurement } from '../model/measurement.js';
import type { Program } from '../model/program.js';
import { fileIdentity } from '../program/file-identity.js';
import { loadProgram } from '../program/load-program.js';
import { comparisonReport } from '../report/comparison-report.js';
import { comparisonText } from '../report/comparison-text.js';
import { estimateReport } from '../report/estimate-report.js';
import { reportJson } from '../report/json.js';
import { refusalReport } from '../report/make-report.js';
import type { System } from '../system/system.js';
import { fail, failFor } from './failure.js';
import { MEASURE_HELP, type MeasureAsked, readMeasureArguments } from './measure-options.js';
import type { Command } from './options.js';
import { runStarted } from './run.js';

/** `pagecost measure`: what processes of a program hold, beside the estimate. */
export const MEASURE: Command = {
  help: MEASURE_HELP,
  run: (args) => measure(readMeasureArguments(args)),
};

async function measure({ what, json, ...said }: MeasureAsked) {
  const problem = measuringProblem();
  if (problem) return fail(problem);
  const file = what.kind === 'processes' ? fileOf(what.pids) : { path: what.path };
  if (typeof file === 'string') return fail(file);
  const { program, diagnostics } = loadProgram(file.path);
  if (!program) return failFor(refusalReport(file.path, undefined, diagnostics));
  const system = thisSystem(program.binary);
  if (!system) return fail(noSystem(program));
  // Before anything is started: without an estimate there is nothing to put it beside.
  const { cost, diagnostics: reasons } = estimate(program, { system, ...said, aslr: true });
  if (!cost) return failFor(refusalReport(file.path, program, reasons));

  const measurement = await measurementOf(what, program);
  if (typeof measurement === 'string') return fail(measurement);
  const report = reportOn(program, system, said, measurement);
  process.stdout.write(json ? `${reportJson(report)}\n` : comparisonText(report));
}

const noSystem = ({ path, binary }: Program): string =>
  `${path}: There is nothing to put beside a measurement: programs for ${binary.machine}, ${binary.class} bits, on this machine’s kernel are on no system that pagecost knows.`;

/** What was said of the estimate. */
type Said = Pick<MeasureAsked, 'workload' | 'whatIfs'>;

/** The estimate is for addresses randomised, and for an environment, as the processes have them. */
function reportOn(program: Program, system: System, said: Said, measurement: Measurement) {
  const { processes } = measurement;
  const aslr = processes.every(({ randomised }) => randomised !== false);
  const environment = processes[0]?.environment ?? said.workload.environment;
  const workload = { ...said.workload, environment };
  const asked = { ...said, system, workload, aslr, processes: processes.length };
  const { cost, report } = estimateReport(program, asked);
  if (!cost) throw new Error('There was an estimate a moment ago.');
  const kernel = `${type()} ${release()}`;
  return comparisonReport(report, compare(cost, measurement), measurement, kernel);
}

/** A string says why there is none. */
async function measurementOf(
  what: MeasureAsked['what'],
  program: Program,
): Promise<Measurement | string> {
  switch (what.kind) {
    case 'started':
      return runStarted(what, program);
    case 'running':
      return measureRunning(program);
    case 'processes':
      return measureAll(what.pids, program);
  }
}

function measureAll(pids: readonly number[], program: Program): Measurement | string {
  const found = pids.map((pid) => measureProcess(pid, program));
  const measured = found.filter((measurement) => typeof measurement !== 'string');
  if (measured.length === 0) return found.join(' ');
  return {
    processes: measured.flatMap(({ processes }) => processes),
    remarks: found.flatMap((one) => (typeof one === 'string' ? [one] : one.remarks)),
  };
}

/** The one file that these processes run; a string says why there is none. */
function fileOf(pids: readonly number[]): { path: string } | string {
  const paths = new Set<string>();
  for (const pid of pids) {
    const path = executableOf(pid);
    if (typeof path !== 'string') {
      const why = readProcess(pid, new Map());
      return typeof why === 'string' ? why : `Process ${pid} does not show which file it runs.`;
    }
    if (fileIdentity(path) !== fileIdentity(`/proc/${pid}/exe`)) return whyNotHere(pid, path);
    paths.add(path);
  }
  const [path = '', ...others] = paths;
  return others.length === 0
    ? { path }
    : `These processes run different files: ${[...paths].join(', ')}.`;
}

/** A file may have a name that ends like that, and a path mean another file to a container. */
function whyNotHere(pid: number, path: string): string {
  if (!path.endsWith(DELETED)) {
    return `Process ${pid} runs ${path} of a container, or of another root: that file is not here. Measure it in there.`;
  }
  const name = path.slice(0, -DELETED.length);
  return `The file of process ${pid} was deleted or replaced since it started: ${name}. Start it again to measure it.`;
}
