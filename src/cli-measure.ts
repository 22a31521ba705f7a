import { readlinkSync } from 'node:fs';
import { constants, release, type } from 'node:os';
import { text } from 'node:stream/consumers';
import { fail, failFor } from './cli-failure.js';
import {
  MEASURE_HELP,
  type MeasureAsked,
  readMeasureArguments,
  type Started,
} from './cli-measure-options.js';
import type { Command } from './cli-options.js';
import { printableText } from './format.js';
import type { Input } from './measure/input.js';
import { measureProcess, measureRunning } from './measure/measure-running.js';
import { measuringProblem } from './measure/platform.js';
import { whyUnreadable } from './measure/proc.js';
import { readProcess } from './measure/process-memory.js';
import { runAndMeasure } from './measure/run-and-measure.js';
import { thisSystem } from './measure/this-system.js';
import { compare } from './model/compare.js';
import { estimate } from './model/estimate.js';
import type { Measurement } from './model/measurement.js';
import type { Program } from './model/program.js';
import type { Workload } from './model/workload.js';
import { loadProgram } from './program/load-program.js';
import { comparisonReport } from './report/comparison-report.js';
import { comparisonText } from './report/comparison-text.js';
import { comparisonJson } from './report/json.js';
import { costReport, refusalReport } from './report/make-report.js';
import type { System } from './system/system.js';

/** `pagecost measure`: what processes of a program hold, beside the estimate. */
export const MEASURE: Command = {
  help: MEASURE_HELP,
  run: (args) => measure(readMeasureArguments(args)),
};

async function measure({ what, json, workload }: MeasureAsked) {
  const problem = measuringProblem();
  if (problem) return fail(problem);
  const file = what.kind === 'processes' ? executableOf(what.pids) : { path: what.path };
  if (typeof file === 'string') return fail(file);
  const { program, diagnostics } = loadProgram(file.path);
  if (!program) return failFor(refusalReport(file.path, undefined, diagnostics));
  const system = thisSystem(program.binary);
  if (!system) return fail(noSystem(program));
  // Before anything is started: without an estimate there is nothing to put it beside.
  const { cost, diagnostics: reasons } = estimate(program, { system, workload, aslr: true });
  if (!cost) return failFor(refusalReport(file.path, program, reasons));

  const measurement = await measurementOf(what, program);
  if (typeof measurement === 'string') return fail(measurement);
  const report = reportOn(program, system, workload, measurement);
  process.stdout.write(json ? `${comparisonJson(report)}\n` : comparisonText(report));
}

const noSystem = ({ path, binary }: Program): string =>
  `${path}: There is nothing to put beside a measurement: programs for ${binary.machine}, ${binary.class} bits, on this machine’s kernel are on no system that pagecost knows.`;

/** The estimate is for addresses randomised, and for an environment, as the processes have them. */
function reportOn(program: Program, system: System, said: Workload, measurement: Measurement) {
  const { processes } = measurement;
  const aslr = processes.every(({ randomised }) => randomised !== false);
  const workload = { ...said, environment: processes[0]?.environment ?? said.environment };
  const { cost, diagnostics } = estimate(program, { system, workload, aslr });
  if (!cost) throw new Error('There was an estimate a moment ago.');
  const asked = { processes: processes.length, workload };
  const report = costReport(program, cost, diagnostics, asked);
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
      return run(what, program);
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

async function run(what: Started, program: Program): Promise<Measurement | string> {
  const { args, instances, aslr, limitMs } = what;
  const input = await inputOf(what.input); // as long as that takes, Ctrl-C may end this as usual
  const stopped = abortOnSignals();
  const { write, clear } = progressLine(stopped);
  const request = { program, args, input, instances, aslr, limitMs, cwd: process.cwd() };
  const measurement = await runAndMeasure(request, stopped, write);
  clear();
  return measurement;
}

const inputOf = async (input: Started['input']): Promise<Input> =>
  input === '-' ? { kind: 'text', text: await text(process.stdin) } : { kind: input };

/** What was started is ended first; then this ends as shells expect of what a signal ended. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      process.exitCode = 128 + constants.signals[signal];
      controller.abort();
    });
  }
  return controller.signal;
}

/** A line of the terminal that is written over; where there is no terminal, nothing. */
function progressLine(stopped: AbortSignal) {
  const shown = process.stderr.isTTY;
  const show = (line: string) => {
    if (shown && !stopped.aborted) process.stderr.write(`\r\x1b[K${line}`);
  };
  return { write: (message: string) => show(printableText(message)), clear: () => show('') };
}

/** The file that these processes run; a string says why there is none. */
function executableOf(pids: readonly number[]): { path: string } | string {
  const paths = new Set<string>();
  for (const pid of pids) {
    try {
      paths.add(readlinkSync(`/proc/${pid}/exe`));
    } catch (error) {
      // Zombies and parts of the kernel have no executable, and better reasons than that.
      const why = readProcess(pid, new Map());
      return typeof why === 'string' ? why : whyUnreadable(pid, error);
    }
  }
  const [path = '', ...others] = paths;
  if (others.length > 0) return `These processes run different files: ${[...paths].join(', ')}.`;
  if (path.endsWith(' (deleted)')) {
    return `The file of process ${pids[0]} was deleted or replaced since it started: ${path.slice(0, -' (deleted)'.length)}. Start it again to measure it.`;
  }
  return { path };
}
