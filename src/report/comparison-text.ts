import { countedPages, integer, printable, printableText, shortName } from '../format.js';
import type { Category, Quality } from '../model/cost.js';
import { sumQuality } from '../model/sum-quality.js';
import { type Entry, layOut, paragraphs, wrap } from './columns.js';
import type { ComparedRowFacts, ComparisonReport } from './comparison-report.js';
import { LONGEST_LABEL, MARKS, processCount, signed } from './ledger-text.js';
import type { PageFacts } from './page-facts.js';
import { heading, noteOf, titledList, WIDTH } from './text.js';
import { whatIfText } from './what-if-text.js';

const NUMBERS: ReadonlySet<number> = new Set([1, 2, 3]);
const HEADS = ['bytes', 'predicted', 'measured', 'difference'];
/** Runs of pages, and processes, that are written out; of more there is the number. */
const LISTED = 4;

/** An estimate beside live processes as text for a terminal, lines ended by newlines. */
export const comparisonText = (report: ComparisonReport): string =>
  paragraphs([
    [...heading(report.estimate), ...wrap(measuredLine(report), WIDTH)],
    whatIfText(report.estimate, WIDTH),
    tableText(report),
    titledList('Remarks', [
      ...(report.rows.length > 0 ? [tablesText(report)] : []),
      ...report.remarks.map(printableText),
      ...report.estimate.diagnostics.map(noteOf),
    ]),
  ]);

function measuredLine({ processes, kernel }: ComparisonReport): string {
  const pids = processes.slice(0, LISTED).map(({ pid }) => pid);
  const more = processes.length > LISTED ? ', …' : '';
  const mean = processes.length > 1 ? '; measured is their mean' : '';
  return `${processCount(processes.length)} measured on ${printable(kernel)}: ${pids.join(', ')}${more}${mean}`;
}

function tableText({ estimate, rows, sums }: ComparisonReport): string[] {
  if (rows.length === 0) return [];
  const group = (title: string, category: Category, predicted: number): Entry[] => {
    const own = rows.filter((row) => row.category === category);
    const sum = sums.find((known) => known.category === category);
    const amounts = sum ?? { predicted, measured: null };
    return [
      { cells: [title, ...cells(amounts.predicted, amounts.measured, surety(own))], detail: '' },
      ...own.map(rowEntry),
    ];
  };
  const { privateBytes, pageTableBytes, kernelBytes } = estimate.perProcess;
  const entries: Entry[] = [
    { cells: HEADS, detail: '' },
    ...group('Private memory', 'private', privateBytes),
    ...group('Page tables (VmPTE)', 'page-tables', pageTableBytes),
    ...group('Kernel objects', 'kernel', kernelBytes),
    ...group('Shared once', 'shared', estimate.sharedOnceBytes),
  ];
  return [...layOut(entries, NUMBERS, WIDTH), '', ...LEGEND];
}

const LEGEND = [
  '  ≈ measured   ± range   ≥ floor   ~ guess   ? not known   no mark: exact',
  '  Addresses of pages are counted from where the object was loaded; (2): so many from there on.',
];

function rowEntry(row: ComparedRowFacts): Entry {
  const { label, predicted, measured, quality } = row;
  return {
    cells: [
      `  ${shortName(label, LONGEST_LABEL)}`,
      ...cells(predicted, measured, quality ?? 'exact'),
    ],
    detail: [
      row.why === null ? '' : printableText(row.why),
      pagesText('Not predicted', row.unpredicted),
      pagesText('Predicted, not found', row.unwritten),
    ]
      .filter(Boolean)
      .join(' '),
  };
}

/** Predicted, measured and what measured is more; empty where there is nothing to say. */
function cells(predicted: number | null, measured: number | null, quality: Quality): string[] {
  const foreseen = predicted === null ? '' : integer(predicted);
  return [
    (MARKS[quality] + foreseen).trimEnd(),
    measured === null ? '' : integer(measured),
    predicted === null || measured === null ? '' : signed(measured - predicted),
  ];
}

/** No surer than its rows, and a lower bound where one of them is not known. */
function surety(rows: readonly ComparedRowFacts[]): Quality {
  const qualities = rows.map(({ quality }) => quality).filter((quality) => quality !== null);
  return qualities.includes('unknown')
    ? 'floor'
    : sumQuality(qualities.map((quality) => ({ quality })));
}

/** Addresses are counted from where the object was loaded. */
function pagesText(what: string, { pages, ranges, moreRanges }: PageFacts): string {
  if (pages === 0) return '';
  const single = ranges.length === 1;
  const shown = ranges
    .slice(0, LISTED)
    .map(({ address, pages: n }) => (single || n === 1 ? address : `${address} (${integer(n)})`));
  const more = ranges.length + moreRanges > LISTED ? ', …' : '';
  return `${what}: ${countedPages(pages)} at ${shown.join(', ')}${more}.`;
}

function tablesText({ tablesAgree }: ComparisonReport): string {
  switch (tablesAgree) {
    case true:
      return 'The pages found in RAM need just the page tables that the kernel counts (VmPTE), in every process.';
    case false:
      return 'The pages found in RAM do not need just the page tables that the kernel counts (VmPTE): pages that came and went leave tables behind, and huge pages need none.';
    case null:
      return 'Whether the pages found in RAM need the page tables that the kernel counts cannot be told: not all of them could be seen.';
  }
}
