import { integer, printable } from '../format.js';
import type { Program } from '../model/program.js';
import { type LoadedProgram, loadProgram } from '../program/load-program.js';
import type { FileRead } from '../program/read-object.js';
import { estimateReport } from '../report/estimate-report.js';
import { estimatesJson } from '../report/json.js';
import { refusalReport } from '../report/make-report.js';
import type { CostReport, Report } from '../report/report.js';
import { sectionListing } from '../report/section-listing.js';
import { costText, rulesText } from '../report/text.js';
import {
  type AskedConditions,
  CONDITION_HELP,
  CONDITION_OPTIONS,
  conditionsOf,
} from './conditions.js';
import { failFor } from './failure.js';
import {
  type Command,
  readArguments,
  WHAT_IF_HELP,
  WHAT_IF_OPTION,
  WrongUsage,
  whatIfsOf,
} from './options.js';

const HELP = `Usage: pagecost [option]... FILE...
       pagecost diff [option]... OLD NEW
       pagecost what-if [option]... FILE
       pagecost check [option]... [FILE]...
       pagecost measure [option]... FILE [--] [ARGUMENT]...
       pagecost rank [option]... DIRECTORY|FILE...

What one more process of a compiled binary costs in memory, page by page, and what many of
them cost. Reads headers, relocations and the libraries it would load; runs nothing.
pagecost diff --help and so on tell of the other forms. A file called diff is ./diff.

${CONDITION_HELP}
${WHAT_IF_HELP}
      --json          a JSON document: a report, or a list of reports of several files
      --stats         how many bytes of each file were read, to the standard error
      --help          this text
      --version       the version

Ends with 0 if each file could be estimated, 1 if one could not, 2 for wrong usage.
`;

const OPTIONS = {
  ...CONDITION_OPTIONS,
  ...WHAT_IF_OPTION,
  json: { type: 'boolean' },
  stats: { type: 'boolean' },
} as const;

interface Asked extends AskedConditions {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly stats: boolean;
  readonly whatIfs: readonly string[];
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
    whatIfs: whatIfsOf(values),
    ...conditionsOf(values),
  };
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
  if (asked.json) process.stdout.write(`${estimatesJson(reports)}\n`);
  else if (reports.some(isCost)) process.stdout.write(`\n${rulesText(reports.filter(isCost))}`);
  if (asked.stats) process.stderr.write(statsText(reads));
}

/** Writes a cost as text, or the sections of what is no program. */
function print(report: Report, program: Program | undefined, more: boolean) {
  const text = isCost(report) ? costText(report) : program && sectionListing(program);
  if (text) process.stdout.write(more ? `\n${text}` : text);
}

const reportOn = (path: string, { program, diagnostics }: LoadedProgram, asked: Asked): Report =>
  program ? estimateReport(program, asked).report : refusalReport(path, undefined, diagnostics);

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
