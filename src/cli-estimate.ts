import { resolve } from 'node:path';
import { failFor } from './cli-failure.js';
import {
  type Command,
  readArguments,
  WORKLOAD_HELP,
  WORKLOAD_OPTIONS,
  WrongUsage,
  workloadOf,
  wrong,
} from './cli-options.js';
import { integer, printable } from './format.js';
import { estimate } from './model/estimate.js';
import { parseProcesses } from './model/parse-workload.js';
import type { Program } from './model/program.js';
import { DEFAULT_PROCESSES, MAX_PROCESSES } from './model/total.js';
import type { Workload } from './model/workload.js';
import { type LoadedProgram, loadProgram } from './program/load-program.js';
import type { FileRead } from './program/read-object.js';
import { openSysroot } from './program/sysroot.js';
import { wrap } from './report/columns.js';
import { reportsJson } from './report/json.js';
import { costReport, refusalReport } from './report/make-report.js';
import type { CostReport, Report } from './report/report.js';
import { sectionListing } from './report/section-listing.js';
import { costText, rulesText } from './report/text.js';
import type { System } from './system/system.js';
import { SYSTEMS, systemById } from './system/systems.js';

/** All there are, in lines that stand below the option's explanation. */
const systemIds = (): string =>
  wrap(SYSTEMS.map(({ id }) => id).join(', '), 64)
    .map((line) => `${' '.repeat(22)}${line}`)
    .join('\n');

const HELP = `Usage: pagecost [option]... FILE...
       pagecost measure [option]... FILE [ARGUMENT]...

What one more process of a compiled binary costs in memory, page by page, and what many of
them cost. Reads headers, relocations and the libraries it would load; runs nothing.
pagecost measure --help tells of the second form. A file of that name is ./measure.

      --processes N   how many processes, 1 to 1,000,000 (default 10,000)
      --system ID     for which system (default: the one it is made for):
${systemIds()}
      --sysroot DIR   where the files of the program's system are, for a program whose
                      libraries are not this machine's (default: /)
      --no-aslr       addresses are not randomised
${WORKLOAD_HELP}
      --json          a JSON document: a report, or a list of reports of several files
      --stats         how many bytes of each file were read, to the standard error
      --help          this text
      --version       the version

Ends with 0 if each file could be estimated, 1 if one could not, 2 for wrong usage.
`;

const OPTIONS = {
  processes: { type: 'string' },
  system: { type: 'string' },
  sysroot: { type: 'string' },
  'no-aslr': { type: 'boolean' },
  ...WORKLOAD_OPTIONS,
  json: { type: 'boolean' },
  stats: { type: 'boolean' },
} as const;

interface Asked {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly stats: boolean;
  readonly processes: number;
  /** Undefined for the one each program is made for. */
  readonly system: System | undefined;
  /** Absolute; undefined for this machine's own files. */
  readonly sysroot: string | undefined;
  readonly aslr: boolean;
  readonly workload: Workload;
}

/** `pagecost FILE...`: what one more process of each file costs. */
export const ESTIMATE: Command = { help: HELP, run: (args) => estimateFiles(read(args)) };

function read(args: readonly string[]): Asked {
  const { values, positionals } = readArguments(args, OPTIONS);
  if (positionals.length === 0) throw new WrongUsage('No file was named.');
  return {
    files: positionals,
    json: values.json ?? false,
    stats: values.stats ?? false,
    processes: processesOf(values.processes),
    system: systemOf(values.system),
    sysroot: sysrootOf(values.sysroot),
    aslr: !values['no-aslr'],
    workload: workloadOf(values),
  };
}

function processesOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PROCESSES;
  const most = integer(MAX_PROCESSES);
  return parseProcesses(text) ?? wrong(`--processes is a whole number from 1 to ${most}`, text);
}

function systemOf(id: string | undefined): System | undefined {
  const system = id === undefined ? undefined : systemById(id);
  if (id !== undefined && !system) {
    const known = SYSTEMS.map((s) => s.id).join(', ');
    throw new WrongUsage(`There is no system '${id}'; there are ${known}.`);
  }
  return system;
}

function sysrootOf(directory: string | undefined): string | undefined {
  if (directory === undefined) return undefined;
  if (directory === '') wrong('--sysroot is a directory', directory);
  const sysroot = resolve(directory);
  const { problem } = openSysroot(sysroot);
  if (problem) throw new WrongUsage(`--sysroot: ${problem}`);
  return sysroot;
}

function estimateFiles(asked: Asked) {
  const reports: Report[] = [];
  const reads: FileRead[] = [];
  for (const path of asked.files) {
    const loaded = loadProgram(path, asked.sysroot);
    const report = reportOn(path, loaded, asked);
    reports.push(report);
    reads.push(...loaded.reads);
    if (!asked.json) print(report, loaded.program, reports.length > 1);
    if (!isCost(report)) failFor(report);
  }
  if (asked.json) process.stdout.write(`${reportsJson(reports)}\n`);
  else if (reports.some(isCost)) process.stdout.write(`\n${rulesText(reports.filter(isCost))}`);
  if (asked.stats) process.stderr.write(statsText(reads));
}

/** Writes a cost as text, or the sections of what is no program. */
function print(report: Report, program: Program | undefined, more: boolean) {
  const text = isCost(report) ? costText(report) : program && sectionListing(program);
  if (text) process.stdout.write(more ? `\n${text}` : text);
}

function reportOn(path: string, loaded: LoadedProgram, asked: Asked): Report {
  const { program } = loaded;
  if (!program) return refusalReport(path, undefined, loaded.diagnostics);
  const { cost, diagnostics } = estimate(program, asked);
  return cost
    ? costReport(program, cost, diagnostics, asked)
    : refusalReport(path, program, diagnostics);
}

function isCost(report: Report): report is CostReport {
  return 'perProcess' in report;
}

/** A line for each file, and one for all of them together. */
function statsText(reads: readonly FileRead[]): string {
  const sum = reads.reduce((bytes, { bytesRead }) => bytes + bytesRead, 0);
  const lines = reads.map(
    ({ path, size, bytesRead }) =>
      `read ${integer(bytesRead)} of ${integer(size)} bytes of ${printable(path)}\n`,
  );
  return `${lines.join('')}read ${integer(sum)} bytes of ${integer(reads.length)} files\n`;
}
