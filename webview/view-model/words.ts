import { bytes, countedPages, exactBytes, integer, pageAddress } from '../../src/format.js';
import type { Quality, Region, TableLevel } from '../../src/model/cost.js';
import { count } from '../../src/model/runs.js';
import type { Cell } from './cells.js';
import type { MapLine } from './map-lines.js';
import { reachByLevel, type TableBox } from './table-grid.js';

/** A quality's sign and word. The sign is the mathematician's, so that it can be read without colour. */
export const QUALITY_WORDS: Readonly<
  Record<Quality, { readonly sign: string; readonly word: string; readonly meaning: string }>
> = {
  exact: { sign: '=', word: 'exact', meaning: 'follows from the file and the system' },
  measured: { sign: '≈', word: 'measured', meaning: 'a constant, measured on such a system' },
  range: { sign: '±', word: 'range', meaning: 'depends on chance or on what is not known' },
  floor: { sign: '≥', word: 'floor', meaning: 'at least this much' },
  guess: { sign: '~', word: 'guess', meaning: 'a typical value; measure to know' },
  unknown: { sign: '?', word: 'unknown', meaning: 'exists, but is not in the sum' },
};

/** "at least " where a sum leaves something out. */
export const atLeast = (incomplete: boolean): string => (incomplete ? 'at least ' : '');

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
  if (counts.private > 0) parts.push(`${integer(counts.private)} private`);
  const shared = counts.resident - counts.private;
  if (shared > 0) parts.push(`${integer(shared)} shared`);
  if (counts.resident === 0) parts.push('none in RAM');
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
  `${line.name} · as it is, at ${line.address} · ${line.pagesInWords}`;

/** One box of the page-table tree. */
export function boxInWords(box: TableBox, levels: readonly TableLevel[], pageSize: number): string {
  const level = levels[box.level] as TableLevel;
  const reach = lengthInWords(reachByLevel(levels)[box.level] as number, pageSize);
  const entries = level.entriesPerTable * box.tables;
  return [
    box.tables === 1 ? `${level.name} table` : `${integer(box.tables)} ${level.name} tables`,
    `${box.tables === 1 ? 'maps' : 'each maps'} ${reach} from ${pageAddress(box.firstPage, pageSize)}`,
    `${integer(box.entriesUsed)} of ${integer(entries)} entries in use`,
  ].join(' · ');
}

/** One cell: its address, what its pages are, and how many of their bytes have a use. */
export function cellInWords(cell: Cell, pageSize: number): string {
  const resident = cell.privatePages + cell.sharedPages;
  const used = cell.privateUsed + cell.sharedUsed;
  const where = pageAddress(cell.firstPage, pageSize);
  const gone = cell.gonePages > 0 ? ` · ${integer(cell.gonePages)} private as it is` : '';
  if (resident === 0) return `${where} · ${countedPages(cell.pages)} · not in RAM${gone}`;
  const kinds = [
    cell.privatePages > 0 ? `${countedPages(cell.privatePages)} private` : undefined,
    cell.sharedPages > 0 ? `${countedPages(cell.sharedPages)} shared` : undefined,
    cell.pages > resident ? `${countedPages(cell.pages - resident)} not in RAM` : undefined,
  ];
  return [
    where,
    ...kinds.filter((kind) => kind !== undefined),
    `${exactBytes(used)} used`,
    `${exactBytes(resident * pageSize - used)} slack`,
  ].join(' · ');
}

/** A length of address space: "16 TiB". */
export const lengthInWords = (pages: number, pageSize: number): string => bytes(pages * pageSize);
