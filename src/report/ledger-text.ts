import { bytes, integer, printableText, shortName } from '../format.js';
import type { Category, Quality } from '../model/cost.js';
import { sumQuality } from '../model/sum-quality.js';
import { type Entry, layOut } from './columns.js';
import type { CostReport, RowFacts } from './report.js';

/** A figure without a mark is exact. */
export const MARKS: Readonly<Record<Quality, string>> = {
  exact: '',
  measured: '≈ ',
  range: '± ',
  floor: '≥ ',
  guess: '~ ',
  unknown: '? ',
};
const LEGEND = [
  '  ≈ measured   ± range   ≥ floor   ~ guess   ? not known   no mark: exact',
  '  What the program allocates or writes after its start comes on top.',
];

const NUMBERS: ReadonlySet<number> = new Set([1, 2]);
export const LONGEST_LABEL = 40;

/** The rows by category, with sums: what one process pays, what is paid once, what all take. */
export function ledgerText(report: CostReport, width: number): string[] {
  const { perProcess, sharedOnceBytes, processes, totalBytes, pageBytes, rows } = report;
  const of = (category: Category) => rows.filter((row) => row.category === category);
  const group = (title: string, category: Category, sum: number): Entry[] => {
    // Kernel objects share their pages with those of other processes.
    const pages = category === 'kernel' ? '' : integer(sum / pageBytes);
    return [total(title, of(category), sum, pages), ...of(category).map(rowEntry)];
  };
  const perProcessRows = rows.filter(({ category }) => category !== 'shared');
  const entries: Entry[] = [
    { cells: ['', 'pages', 'bytes', 'rule'], detail: '' },
    ...group('Private memory', 'private', perProcess.privateBytes),
    ...group('Page tables', 'page-tables', perProcess.pageTableBytes),
    ...group('Kernel objects', 'kernel', perProcess.kernelBytes),
    total('One more process', perProcessRows, perProcess.bytes),
    ...group('Shared once', 'shared', sharedOnceBytes),
    total(processCount(processes), rows, totalBytes),
  ];
  return [...layOut(entries, NUMBERS, width), '', ...LEGEND];
}

/** "10,000 processes" */
export const processCount = (n: number): string =>
  `${integer(n)} ${n === 1 ? 'process' : 'processes'}`;

/** A sum, no surer than its rows, and a lower bound where one of them is not known. */
function total(title: string, rows: readonly RowFacts[], sum: number, pages = ''): Entry {
  const quality = rows.some((row) => row.bytes === null) ? 'floor' : sumQuality(rows);
  return { cells: [title, pages, MARKS[quality] + integer(sum), ''], detail: '' };
}

function rowEntry(row: RowFacts): Entry {
  const pages = row.pages === null ? '' : integer(row.pages);
  const amount = row.bytes === null ? '' : integer(row.bytes);
  return {
    cells: [
      `  ${shortName(row.label, LONGEST_LABEL)}`,
      pages,
      (MARKS[row.quality] + amount).trimEnd(),
      row.rule,
    ],
    detail: detailOf(row),
  };
}

/** Why this many; not what the notes and the page tables below say anyway. */
function detailOf({ range, detail, rule }: RowFacts): string {
  if (rule === 'missing') return 'see the notes';
  const spread = range ? `${bytes(range.min)} to ${bytes(range.max)}` : '';
  const why = detail === null || rule === 'tables' ? '' : printableText(detail);
  return [spread, why].filter(Boolean).join('; ');
}
