import * as l10n from '@vscode/l10n';
import {
  bytes,
  counted,
  exactBytes,
  hex,
  integer,
  percent,
  printable,
  printableText,
  twoDecimals,
} from '../format.js';
import type { Fill } from '../model/cost.js';
import { RULES, type RuleId } from '../model/rules.js';
import { countsAllFilePages, hasUnknownPages, sharedBound } from '../model/shared-bound.js';
import { usedShare } from '../model/total.js';
import { msg } from '../msg.js';
import { C_LIBRARIES } from '../system/c-library.js';
import { atLeast, BOUND_MARKS } from './at-least.js';
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
  const randomised = report.aslr
    ? l10n.t('randomised addresses')
    : l10n.t('addresses not randomised');
  const pages = l10n.t('pages of {0}', bytes(report.pageBytes));
  return `${l10n.t(report.systemName)}; ${randomised}; ${pages}; ${workloadText(report)}`;
}

function kind({ class: width, machine, type, linkage, libc }: ProgramFacts): string {
  const isLibrary = type === 'shared' && linkage === null;
  const what = isLibrary ? SHARED_LIBRARY : libc ? C_LIBRARIES[libc].name : C_LIBRARY_NOT_KNOWN;
  return l10n.t('ELF {0}-bit {1}; {2}', String(width), String(machine), l10n.t(what));
}

const SHARED_LIBRARY = msg('shared library');
const C_LIBRARY_NOT_KNOWN = msg('C library not known');

function libraries({ interpreter, libraries: found, missing }: ProgramFacts): string {
  if (interpreter === null) return '';
  const all = counted(found.length, msg('{0} library'), msg('{0} libraries'));
  return missing.length > 0
    ? l10n.t('{0} and {1}, {2} not found', printable(interpreter), all, integer(missing.length))
    : l10n.t('{0} and {1}', printable(interpreter), all);
}

function workloadText({ workload }: Pick<CostReport, 'workload'>): string {
  const { stackBytes, bssTouched } = workload;
  const said = [
    requests(workload),
    stackBytes > 0 ? l10n.t('{0} of stack', exactBytes(stackBytes)) : '',
    bssTouched === null ? '' : l10n.t('{0} of bss in use', percent(bssTouched)),
  ].filter(Boolean);
  return said.length > 0 ? said.join('; ') : l10n.t('start-up only');
}

function requests({ heap, heapWritten }: CostReport['workload']): string {
  if (heap === null) return '';
  if (heap.length === 0) return l10n.t('no malloc');
  const first = heap.slice(0, 8).map(integer).join(', ');
  const sizes =
    heap.length > 8 ? l10n.t('{0}, … ({1} in all)', first, integer(heap.length)) : first;
  return heapWritten
    ? l10n.t('malloc of {0} bytes, written', sizes)
    : l10n.t('malloc of {0} bytes, not written', sizes);
}

function headline(report: CostReport): string[] {
  const { perProcess, sharedOnceBytes, totalBytes, processes, fill, heapFill } = report;
  const least = atLeast(report.incomplete);
  const bound = sharedBound(report.rows);
  const { privateBytes, pageTableBytes, kernelBytes } = perProcess;
  const parts = l10n.t(
    '{0} private, {1} page tables, {2} kernel',
    bytes(privateBytes),
    bytes(pageTableBytes),
    bytes(kernelBytes),
  );
  const sum = `${bytes(sharedOnceBytes)} + ${integer(processes)} × ${bytes(perProcess.bytes)}`;
  const lines = [
    [l10n.t('one more process'), least + bytes(perProcess.bytes), parts],
    [
      l10n.t('shared once'),
      (bound ? BOUND_MARKS[bound] : '') + bytes(sharedOnceBytes),
      l10n.t('file pages that all of them have in common'),
    ],
    [processCount(processes), least + bytes(totalBytes), sum],
    [l10n.t('fill'), percent(usedShare(fill)), l10n.t('{0} have a use', fillOf(fill))],
  ];
  if (heapFill) lines.push(heapLine(heapFill));
  lines.push(psLine(report));
  return columns(lines, new Set([1])).map((line) => `  ${line}`);
}

const heapLine = (fill: Fill): string[] => [
  'malloc',
  percent(usedShare(fill)),
  l10n.t(
    'asked for {0}, took {1} of address space',
    exactBytes(fill.usedBytes),
    exactBytes(fill.paidBytes),
  ),
];

/** What ps shows as RSS and VSZ. */
function psLine({ rows, addressSpaceBytes, residentBytes }: CostReport): string[] {
  const least = atLeast(hasUnknownPages(rows));
  const all = least + bytes(addressSpaceBytes);
  const words = countsAllFilePages(rows)
    ? l10n.t('RSS with every page of its files resident, of {0} VSZ', all)
    : l10n.t('RSS, of {0} VSZ', all);
  return ['ps', least + bytes(residentBytes), words];
}

const fillOf = ({ usedBytes, paidBytes }: Fill) =>
  l10n.t('{0} of {1}', integer(usedBytes), exactBytes(paidBytes));

function tableText(tables: PageTableFacts): string[] {
  const randomised = tables.min < tables.max;
  const levels = tables.levels.map(({ name, ...level }) => [
    `  ${name}`,
    integer(level.tables),
    randomised ? twoDecimals(level.meanTables) : '',
    l10n.t('{0} of {1}', integer(level.entriesUsed), integer(level.tables * level.entriesPerTable)),
    integer(level.tables * level.tableBytes),
  ]);
  const heads = [
    l10n.t('Page tables'),
    l10n.t('tables'),
    randomised ? l10n.t('mean') : '',
    l10n.t('entries in use'),
    l10n.t('bytes'),
  ];
  const all = l10n.t(
    '{0} of entries in {1}: {2} times as much',
    exactBytes(tables.usedBytes),
    exactBytes(tables.bytes),
    integer(tables.bytes / tables.usedBytes),
  );
  return [...columns([heads, ...levels], new Set([1, 2, 3, 4])), `  ${all}`, ...spread(tables)];
}

/** How often each number of tables comes, where addresses are randomised. */
function spread({ distribution, mean }: PageTableFacts): string[] {
  if (distribution.length < 2) return [];
  const shares = distribution.map(({ tables, share: s }) =>
    l10n.t('{0} in {1}', tables, percent(s)),
  );
  const text = l10n.t(
    'Without the top table {0} on average: {1}',
    twoDecimals(mean),
    shares.join(', '),
  );
  return wrap(text, WIDTH - 2).map((line) => `  ${line}`);
}

/** What could not be read or modelled. */
const noteText = (diagnostics: readonly DiagnosticFacts[]): string[] =>
  titledList(l10n.t('Notes'), diagnostics.map(noteOf));

/** A title, and under it each text in as many lines as it takes; nothing without any. */
export function titledList(title: string, texts: readonly string[]): string[] {
  const lines = texts.flatMap((text) =>
    wrap(text, WIDTH - 4).map((line, i) => `${i === 0 ? '  ' : '    '}${line}`),
  );
  return lines.length > 0 ? [title, ...lines] : [];
}

/** A diagnostic in one line, names of the file in it made harmless. */
export const noteOf = ({ code, offset, message }: DiagnosticFacts): string => {
  const text = printableText(message);
  return offset === null ? `${code}: ${text}` : l10n.t('{0} at {1}: {2}', code, hex(offset), text);
};
