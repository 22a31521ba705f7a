import { bytes, exactBytes, hex, integer, percent, printable, printableText } from '../format.js';
import type { Fill } from '../model/cost.js';
import { RULES, type RuleId } from '../model/rules.js';
import { usedShare } from '../model/total.js';
import { C_LIBRARIES } from '../system/c-library.js';
import { columns, paragraphs, wrap } from './columns.js';
import { ledgerText, processCount } from './ledger-text.js';
import type { CostReport, DiagnosticFacts, PageTableFacts, ProgramFacts } from './report.js';
import { whatIfText } from './what-if-text.js';

/** Lines are at most this long, except where a single word is longer. */
export const WIDTH = 98;

/** The report of a program's cost as text for a terminal, lines ended by newlines. */
export const costText = (report: CostReport): string =>
  paragraphs([
    heading(report),
    headline(report),
    whatIfText(report, WIDTH),
    ledgerText(report, WIDTH),
    tableText(report.pageTables),
    noteText(report.diagnostics),
  ]);

/** What the rules say that the rows of these reports refer to, once for all of them. */
export function rulesText(reports: readonly CostReport[]): string {
  const used = new Set(reports.flatMap(({ rules }) => Object.keys(rules) as RuleId[]));
  const margin = Math.max(...[...used].map((rule) => rule.length)) + 4;
  const lines = [...used].flatMap((rule) =>
    wrap(RULES[rule].statement, WIDTH - margin).map((line, i) =>
      i === 0 ? `  ${rule.padEnd(margin - 2)}${line}` : ' '.repeat(margin) + line,
    ),
  );
  return ['Rules', ...lines, ''].join('\n');
}

/** The program, and what the estimate is for. */
export const heading = (report: CostReport): string[] => [
  printable(report.program.path),
  ...wrap(programText(report.program), WIDTH),
  ...wrap(conditionText(report), WIDTH),
];

/** What sort of program it is. */
export const programText = (program: ProgramFacts): string =>
  [kind(program), libraries(program)].filter(Boolean).join('; ');

/** What an estimate is for. */
export function conditionText(report: CostReport): string {
  const randomised = report.aslr ? 'randomised addresses' : 'addresses not randomised';
  const pages = `pages of ${bytes(report.pageBytes)}`;
  return `${report.systemName}; ${randomised}; ${pages}; ${workloadText(report)}`;
}

const kind = ({ class: width, machine, libc }: ProgramFacts) =>
  `ELF ${width}-bit ${machine}; ${libc === null ? 'C library not known' : C_LIBRARIES[libc].name}`;

function libraries({ interpreter, libraries: found, missing }: ProgramFacts): string {
  if (interpreter === null) return '';
  const all = found.length === 1 ? '1 library' : `${integer(found.length)} libraries`;
  const without = missing.length > 0 ? `, ${integer(missing.length)} not found` : '';
  return `${printable(interpreter)} and ${all}${without}`;
}

function workloadText({ workload }: Pick<CostReport, 'workload'>): string {
  const { stackBytes, bssTouched } = workload;
  const said = [
    requests(workload),
    stackBytes > 0 ? `${exactBytes(stackBytes)} of stack` : '',
    bssTouched === null ? '' : `${percent(bssTouched)} of bss in use`,
  ].filter(Boolean);
  return said.length > 0 ? said.join('; ') : 'start-up only';
}

function requests({ heap, heapWritten }: CostReport['workload']): string {
  if (heap === null) return '';
  if (heap.length === 0) return 'no malloc';
  const sizes = heap.slice(0, 8).map(integer).join(', ');
  const more = heap.length > 8 ? `, … (${integer(heap.length)} in all)` : '';
  return `malloc of ${sizes}${more} bytes, ${heapWritten ? 'written' : 'not written'}`;
}

function headline(report: CostReport): string[] {
  const { perProcess, sharedOnceBytes, totalBytes, processes, fill, heapFill } = report;
  const least = report.incomplete ? '≥ ' : '';
  const { privateBytes, pageTableBytes, kernelBytes } = perProcess;
  const parts = `${bytes(privateBytes)} private, ${bytes(pageTableBytes)} page tables, ${bytes(kernelBytes)} kernel`;
  const sum = `${bytes(sharedOnceBytes)} + ${integer(processes)} × ${bytes(perProcess.bytes)}`;
  const lines = [
    ['one more process', least + bytes(perProcess.bytes), parts],
    ['shared once', bytes(sharedOnceBytes), 'file pages that all of them have in common'],
    [processCount(processes), least + bytes(totalBytes), sum],
    ['fill', percent(usedShare(fill)), `${fillOf(fill)} have a use`],
  ];
  if (heapFill) {
    const { usedBytes, paidBytes } = heapFill;
    const took = `took ${exactBytes(paidBytes)} of address space`;
    lines.push([
      'malloc',
      percent(usedShare(heapFill)),
      `asked for ${exactBytes(usedBytes)}, ${took}`,
    ]);
  }
  const { addressSpaceBytes, residentBytes } = report;
  lines.push(['ps', bytes(residentBytes), `RSS, of ${bytes(addressSpaceBytes)} VSZ`]);
  return columns(lines, new Set([1])).map((line) => `  ${line}`);
}

const fillOf = ({ usedBytes, paidBytes }: Fill) =>
  `${integer(usedBytes)} of ${exactBytes(paidBytes)}`;

function tableText(tables: PageTableFacts): string[] {
  const randomised = tables.min < tables.max;
  const levels = tables.levels.map(({ name, ...level }) => [
    `  ${name}`,
    integer(level.tables),
    randomised ? level.meanTables.toFixed(2) : '',
    `${integer(level.entriesUsed)} of ${integer(level.tables * level.entriesPerTable)}`,
    integer(level.tables * level.tableBytes),
  ]);
  const heads = ['Page tables', 'tables', randomised ? 'mean' : '', 'entries in use', 'bytes'];
  const all = `  ${exactBytes(tables.usedBytes)} of entries in ${exactBytes(tables.bytes)}: ${integer(tables.bytes / tables.usedBytes)} times as much`;
  return [...columns([heads, ...levels], new Set([1, 2, 3, 4])), all, ...spread(tables)];
}

/** How often each number of tables comes, where addresses are randomised. */
function spread({ distribution, mean }: PageTableFacts): string[] {
  if (distribution.length < 2) return [];
  const shares = distribution.map(({ tables, share: s }) => `${tables} in ${percent(s)}`);
  const text = `Without the top table ${mean.toFixed(2)} on average: ${shares.join(', ')}`;
  return wrap(text, WIDTH - 2).map((line) => `  ${line}`);
}

/** What could not be read or modelled. */
const noteText = (diagnostics: readonly DiagnosticFacts[]): string[] =>
  listed('Notes', diagnostics.map(noteOf));

/** A title, and under it each text in as many lines as it takes; nothing without any. */
export function listed(title: string, texts: readonly string[]): string[] {
  const lines = texts.flatMap((text) =>
    wrap(text, WIDTH - 4).map((line, i) => `${i === 0 ? '  ' : '    '}${line}`),
  );
  return lines.length > 0 ? [title, ...lines] : [];
}

/** A diagnostic in one line, names of the file in it made harmless. */
export const noteOf = ({ code, offset, message }: DiagnosticFacts): string => {
  const where = offset === null ? '' : ` at ${hex(offset)}`;
  return `${code}${where}: ${printableText(message)}`;
};
