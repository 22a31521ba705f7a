import * as l10n from '@vscode/l10n';
import { bytes, counted, integer, pagesIn, printableText, shortName } from '../format.js';
import type { Category, Quality } from '../model/cost.js';
import { sumQuality } from '../model/sum-quality.js';
import { msg } from '../msg.js';
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
  msg('  ≈ measured   ± range   ≥ floor   ~ guess   ? not known   no mark: exact'),
  msg('  What the program allocates or writes after its start comes on top.'),
];

const NUMBERS: ReadonlySet<number> = new Set([1, 2]);
export const LONGEST_LABEL = 40;

/** The rows by category, with sums: what one process pays, what is paid once, what all take. */
export function ledgerText(report: CostReport, width: number): string[] {
  const { perProcess, sharedOnceBytes, processes, totalBytes, pageBytes, rows } = report;
  const of = (category: Category) => rows.filter((row) => row.category === category);
  const group = (title: string, category: Category, sum: number): Entry[] => {
    // Kernel objects share their pages with those of other processes.
    const pages = category === 'kernel' ? '' : pagesIn(sum, pageBytes);
    return [
      total(title, of(category), sum, pages),
      ...of(category).map((row) => rowEntry(row, pageBytes)),
    ];
  };
  const perProcessRows = rows.filter(({ category }) => category !== 'shared');
  const entries: Entry[] = [
    { cells: ['', l10n.t('pages'), l10n.t('bytes'), l10n.t('rule')], detail: '' },
    ...group(l10n.t('Private memory'), 'private', perProcess.privateBytes),
    ...group(l10n.t('Page tables'), 'page-tables', perProcess.pageTableBytes),
    ...group(l10n.t('Kernel objects'), 'kernel', perProcess.kernelBytes),
    total(l10n.t('One more process'), perProcessRows, perProcess.bytes),
    ...group(l10n.t('Shared once'), 'shared', sharedOnceBytes),
    total(processCount(processes), rows, totalBytes),
  ];
  return [...layOut(entries, NUMBERS, width), '', ...LEGEND.map((line) => l10n.t(line))];
}

/** "10,000 processes" */
export const processCount = (n: number): string =>
  counted(n, msg('{0} process'), msg('{0} processes'));

/** A difference with its sign: "+1,024", "-8", "0". */
export const signed = (n: number, written: (n: number) => string = integer): string =>
  n > 0 ? `+${written(n)}` : written(n);

/** A sum, no surer than its rows, and a lower bound where one of them is not known. */
function total(title: string, rows: readonly RowFacts[], sum: number, pages = ''): Entry {
  const quality = rows.some((row) => row.bytes === null) ? 'floor' : sumQuality(rows);
  return { cells: [title, pages, MARKS[quality] + integer(sum), ''], detail: '' };
}

function rowEntry(row: RowFacts, pageBytes: number): Entry {
  const pages = row.pages === null || row.bytes === null ? '' : pagesIn(row.bytes, pageBytes);
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
  if (rule === 'missing') return l10n.t('see the notes');
  const spread = range ? l10n.t('{0} to {1}', bytes(range.min), bytes(range.max)) : '';
  const why = detail === null || rule === 'tables' ? '' : printableText(detail);
  return [spread, why].filter(Boolean).join('; ');
}
