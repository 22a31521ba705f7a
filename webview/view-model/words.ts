import * as l10n from '@vscode/l10n';
import {
  bytes,
  counted,
  countedPages,
  exactBytes,
  integer,
  pageAddress,
} from '../../src/format.js';
import type { Cost, Quality, Region, TableLevel } from '../../src/model/cost.js';
import { count } from '../../src/model/runs.js';
import { totalBytes } from '../../src/model/total.js';
import { msg } from '../../src/msg.js';
import type { Cell } from './cells.js';
import type { MapLine } from './map-lines.js';
import { reachByLevel, type TableBox } from './table-grid.js';

/** A quality's sign and word. The sign is the mathematician's, so that it can be read without colour. */
export const QUALITY_WORDS: Readonly<
  Record<Quality, { readonly sign: string; readonly word: string; readonly meaning: string }>
> = {
  exact: { sign: '=', word: msg('exact'), meaning: msg('follows from the file and the system') },
  measured: {
    sign: '≈',
    word: msg('measured'),
    meaning: msg('a constant, measured on such a system'),
  },
  range: {
    sign: '±',
    word: msg('range'),
    meaning: msg('depends on chance or on what is not known'),
  },
  floor: { sign: '≥', word: msg('floor'), meaning: msg('at least this much') },
  guess: { sign: '~', word: msg('guess'), meaning: msg('a typical value; measure to know') },
  unknown: { sign: '?', word: msg('unknown'), meaning: msg('exists, but is not in the sum') },
};

/** "One more process costs 8 KiB; 10,000 take 78.1 MiB." */
export function costInWords(cost: Cost, processes: number): string {
  const one = bytes(cost.perProcess.bytes);
  const all = bytes(totalBytes(cost, processes));
  return cost.incomplete
    ? l10n.t(
        'One more process costs at least {0}; {1} take at least {2}.',
        one,
        integer(processes),
        all,
      )
    : l10n.t('One more process costs {0}; {1} take {2}.', one, integer(processes), all);
}

/** Pages of some regions. */
export interface PageCounts {
  readonly pages: number;
  readonly private: number;
  readonly resident: number;
}

/** What some regions hold. */
export function countPages(regions: readonly Region[]): PageCounts {
  const sum = (of: (region: Region) => number) => regions.reduce((n, r) => n + of(r), 0);
  return {
    pages: sum((region) => region.pages),
    private: sum((region) => count(region.private)),
    resident: sum((region) => count(region.resident)),
  };
}

/** "33 pages, 3 private", "482 pages, 11 private, 463 shared". */
export function pagesInWords(counts: PageCounts): string {
  const parts = [countedPages(counts.pages)];
  if (counts.private > 0) parts.push(l10n.t('{0} private', integer(counts.private)));
  const shared = counts.resident - counts.private;
  if (shared > 0) parts.push(l10n.t('{0} shared', integer(shared)));
  if (counts.resident === 0) parts.push(l10n.t('none in RAM'));
  return parts.join(', ');
}

/** A label without the name of its object, where something around it says that already. */
export const withoutObject = (label: string, object: string | undefined): string =>
  object !== undefined && label.startsWith(`${object}: `) ? label.slice(object.length + 2) : label;

/** One line of the map, for the text under it. */
export const lineInWords = (line: MapLine): string =>
  [line.name, line.address, line.access, line.pagesInWords]
    .filter((part) => part !== '')
    .join(' · ');

/** A line of what is gone. */
export const goneInWords = (line: MapLine): string =>
  l10n.t('{0} · as it is, at {1} · {2}', line.name, line.address, line.pagesInWords);

/** One box of the page-table tree. */
export function boxInWords(box: TableBox, levels: readonly TableLevel[], pageSize: number): string {
  const level = levels[box.level] as TableLevel;
  const reach = lengthInWords(reachByLevel(levels)[box.level] as number, pageSize);
  const entries = level.entriesPerTable * box.tables;
  const address = pageAddress(box.firstPage, pageSize);
  const used = l10n.t('{0} of {1} entries in use', integer(box.entriesUsed), integer(entries));
  const maps =
    box.tables === 1
      ? l10n.t('{0} table · maps {1} from {2}', level.name, reach, address)
      : l10n.t(
          '{0} {1} tables · each maps {2} from {3}',
          integer(box.tables),
          level.name,
          reach,
          address,
        );
  return `${maps} · ${used}`;
}

/** One cell: its address, what its pages are, and how many of their bytes have a use, where that is counted. */
export function cellInWords(cell: Cell, pageSize: number): string {
  const resident = cell.privatePages + cell.sharedPages;
  const where = pageAddress(cell.firstPage, pageSize);
  const some = (n: number, one: string, many: string) => (n > 0 ? [counted(n, one, many)] : []);
  const parts = [
    ...some(cell.privatePages, msg('{0} page private'), msg('{0} pages private')),
    ...some(cell.sharedPages, msg('{0} page shared'), msg('{0} pages shared')),
    ...some(cell.pages - resident, msg('{0} page not in RAM'), msg('{0} pages not in RAM')),
  ];
  if (resident === 0) {
    const gone = l10n.t('{0} private as it is', integer(cell.gonePages));
    return [where, ...parts, ...(cell.gonePages > 0 ? [gone] : [])].join(' · ');
  }
  const { privateUsed, sharedUsed } = cell;
  if (privateUsed === undefined || sharedUsed === undefined) return [where, ...parts].join(' · ');
  const used = privateUsed + sharedUsed;
  return [
    where,
    ...parts,
    l10n.t('{0} used', exactBytes(used)),
    l10n.t('{0} slack', exactBytes(resident * pageSize - used)),
  ].join(' · ');
}

/** A length of address space: "16 TiB". */
export const lengthInWords = (pages: number, pageSize: number): string => bytes(pages * pageSize);
