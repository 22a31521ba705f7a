import { version } from '../package.json';
import { type Command, HELP, type Options, parseCommand } from './cli-options.js';
import { integer, printable, printableText } from './format.js';
import { estimate } from './model/estimate.js';
import type { Program } from './model/program.js';
import { type LoadedProgram, loadProgram } from './program/load-program.js';
import type { FileRead } from './program/read-object.js';
import { reportsJson } from './report/json.js';
import { costReport, refusalReport } from './report/make-report.js';
import type { CostReport, RefusalReport, Report } from './report/report.js';
import { sectionListing } from './report/section-listing.js';
import { costText, noteOf, rulesText } from './report/text.js';

/** A file could not be estimated; wrong usage. */
const FAILED = 1;
const WRONG_USAGE = 2;

/** A reader that has seen enough, `head` for one, is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

main(parseCommand(process.argv.slice(2)));

function main(command: Command | string) {
  if (typeof command === 'string') {
    process.stderr.write(`pagecost: ${printableText(command)}\nSee pagecost --help.\n`);
    process.exitCode = WRONG_USAGE;
  } else if (command.kind === 'estimate') run(command);
  else process.stdout.write(command.kind === 'help' ? HELP : `${version}\n`);
}

function run(options: Options) {
  const reports: Report[] = [];
  const reads: FileRead[] = [];
  for (const path of options.files) {
    const loaded = loadProgram(path);
    const report = reportOn(path, loaded, options);
    reports.push(report);
    reads.push(...loaded.reads);
    if (!options.json) print(report, loaded.program, reports.length > 1);
    if (!isCost(report)) complain(report);
  }
  if (options.json) process.stdout.write(`${reportsJson(reports)}\n`);
  else if (reports.some(isCost)) process.stdout.write(`\n${rulesText(reports.filter(isCost))}`);
  if (options.stats) process.stderr.write(statsText(reads));
}

/** Writes a cost as text, or the sections of what is no program. */
function print(report: Report, program: Program | undefined, more: boolean) {
  const text = isCost(report) ? costText(report) : program && sectionListing(program);
  if (text) process.stdout.write(more ? `\n${text}` : text);
}

function complain({ program, diagnostics }: RefusalReport) {
  process.exitCode = FAILED;
  for (const diagnostic of diagnostics) {
    process.stderr.write(`pagecost: ${printable(program.path)}: ${noteOf(diagnostic)}\n`);
  }
}

function reportOn(path: string, loaded: LoadedProgram, options: Options): Report {
  const { program } = loaded;
  if (!program) return refusalReport(path, undefined, loaded.diagnostics);
  const { cost, diagnostics } = estimate(program, options);
  return cost
    ? costReport(program, cost, diagnostics, options)
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
