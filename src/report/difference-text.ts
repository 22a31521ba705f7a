import { bytes, counted, integer, printable, printableText, shortName } from '../format.js';
import { mayBe, type SumDifference } from '../model/cost-difference.js';
import { sumQuality } from '../model/sum-quality.js';
import { msg } from '../msg.js';
import { atLeast } from './at-least.js';
import { changeInWords, pathNote } from './change-words.js';
import { type Entry, layOut, paragraphs, wrap } from './columns.js';
import { differenceGroups } from './difference-groups.js';
import type { DifferenceReport, RowDifferenceFacts, SideFacts } from './difference-report.js';
import { LONGEST_LABEL, MARKS, processCount, signed } from './ledger-text.js';
import { eitherNote, markOf } from './may-be.js';
import type { CostReport } from './report.js';
import { conditionText, noteOf, programText, titledList, WIDTH } from './text.js';

const NUMBERS: ReadonlySet<number> = new Set([1, 2, 3]);

/** Two programs beside each other as text for a terminal, lines ended by newlines. */
export const differenceText = (report: DifferenceReport): string =>
  paragraphs([
    [...sideText('Before', report.before), ...sideText('After', report.after)],
    [...layOut([...sumEntries(report), ...rowEntries(report)], NUMBERS, WIDTH), '', ...LEGEND],
    notesText(report),
  ]);

/** A program and what its estimate is for, behind the word for its side. */
function sideText(side: string, report: CostReport): string[] {
  const margin = 8;
  return [
    `${side.padEnd(margin)}${printable(report.program.path)}`,
    ...[programText(report.program), conditionText(report), ...whatIfTexts(report)]
      .flatMap((text) => wrap(text, WIDTH - margin))
      .map((line) => ' '.repeat(margin) + line),
  ];
}

const whatIfTexts = ({ whatIfs, leftOut }: CostReport): string[] => [
  ...(whatIfs.length > 0 ? [`What if: ${whatIfs.join(', ')}`] : []),
  ...leftOut.map(({ id, reason }) => `Left out: ${id}. ${printableText(reason)}`),
];

function sumEntries({ sums, before }: DifferenceReport): Entry[] {
  const total = sums.total;
  return [
    { cells: ['bytes', 'before', 'after', 'difference'], detail: '' },
    sumEntry('One more process', sums.perProcess),
    sumEntry('  Private memory', sums.private),
    sumEntry('  Page tables', sums.pageTables),
    sumEntry('  Kernel objects', sums.kernel),
    sumEntry('Shared once', sums.sharedOnce),
    {
      ...sumEntry(processCount(before.processes), total),
      detail: Math.abs(total.difference) < 1024 ? '' : differenceOf(total, bytes),
    },
  ];
}

/** The rows that differ, or may, the biggest difference first; all others in one. */
function rowEntries({ rows }: DifferenceReport): Entry[] {
  const entries = differenceGroups(rows).flatMap(({ title, rows: shown, rest }) => [
    EMPTY,
    { cells: [title, '', '', ''], detail: '' },
    ...shown.map(rowEntry),
    ...(rest.length > 0 ? [restEntry(rest)] : []),
  ]);
  return entries.length > 0
    ? entries
    : [EMPTY, { cells: ['No row differs.', '', '', ''], detail: '' }];
}

const EMPTY: Entry = { cells: ['', '', '', ''], detail: '' };

const LEGEND = [
  '  ≈ measured   ± range   ≥ floor   ≤ at most   ~ guess   ? not known   no mark: exact',
  '  What is not known is in no sum. A row that is not there costs nothing.',
];

function sumEntry(title: string, sum: SumDifference): Entry {
  const amount = (n: number, incomplete: boolean) => atLeast(incomplete) + integer(n);
  return {
    cells: [
      title,
      amount(sum.before, sum.beforeIncomplete),
      amount(sum.after, sum.afterIncomplete),
      differenceOf(sum, integer),
    ],
    detail: '',
  };
}

/** With a mark where what is not known makes it unsure. */
const differenceOf = (sum: SumDifference, written: (n: number) => string): string =>
  markOf(sum.mayBe) + signed(sum.difference, written);

function rowEntry(row: RowDifferenceFacts): Entry {
  const { label, before, after, difference } = row;
  return {
    cells: [
      `  ${shortName(label, LONGEST_LABEL)}`,
      amountOf(before),
      amountOf(after),
      difference === null ? MARKS.unknown.trimEnd() : signed(difference),
    ],
    detail: printableText(changeInWords(row)),
  };
}

/** What is not written out, as one row. */
function restEntry(rows: readonly RowDifferenceFacts[]): Entry {
  const [before, after] = [sideOf(rows, 'before'), sideOf(rows, 'after')];
  const mark = markOf(mayBe(before.incomplete, after.incomplete));
  return {
    cells: [
      `  ${counted(rows.length, msg('{0} further row'), msg('{0} further rows'))}`,
      MARKS[before.quality] + integer(before.bytes),
      MARKS[after.quality] + integer(after.bytes),
      mark + signed(after.bytes - before.bytes),
    ],
    detail: '',
  };
}

function sideOf(rows: readonly RowDifferenceFacts[], side: 'before' | 'after') {
  const sides = rows.map((row) => row[side]).filter((facts) => facts !== null);
  const incomplete = sides.some((facts) => facts.bytes === null);
  return {
    bytes: sides.reduce((sum, facts) => sum + (facts.bytes ?? 0), 0),
    incomplete,
    quality: incomplete ? 'floor' : sumQuality(sides),
  } as const;
}

/** Empty where there is no such row. */
const amountOf = (side: SideFacts | null): string =>
  side === null
    ? ''
    : (MARKS[side.quality] + (side.bytes === null ? '' : integer(side.bytes))).trimEnd();

/** What could not be read or modelled; with the side where it is not the same of both. */
function notesText({ before, after, rows, sums }: DifferenceReport): string[] {
  const [old, now] = [before.diagnostics.map(noteOf), after.diagnostics.map(noteOf)];
  const paths = pathNote(rows, before.program.path, after.program.path);
  return titledList('Notes', [
    ...old.map((note) => (now.includes(note) ? note : `Before: ${note}`)),
    ...now.filter((note) => !old.includes(note)).map((note) => `After: ${note}`),
    ...[eitherNote(sums.total), paths].filter((note) => note !== undefined),
  ]);
}
