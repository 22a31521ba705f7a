import { bytes, counted, exactBytes, integer, pageAddress } from '../../src/format.js';
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
  range: { sign: '↔', word: 'range', meaning: 'depends on chance or on what is not known' },
  floor: { sign: '≥', word: 'floor', meaning: 'at least this much' },
  guess: { sign: '≈', word: 'guess', meaning: 'a typical value; measure to know' },
  unknown: { sign: '?', word: 'unknown', meaning: 'exists, but is not in the sum' },
};

/** "rw-", as /proc/PID/maps writes it. */
export const permissions = (region: Region): string =>
  (region.readable ? 'r' : '-') + (region.writable ? 'w' : '-') + (region.executable ? 'x' : '-');

/** "at least " where a sum leaves something out. */
export const atLeast = (incomplete: boolean): string => (incomplete ? 'at least ' : '');

/** What some regions hold: "33 pages, 3 private, 0 shared". */
export function pagesInWords(regions: readonly Region[]): string {
  const sum = (of: (region: Region) => number) => regions.reduce((n, r) => n + of(r), 0);
  const own = sum((r) => count(r.private));
  const resident = sum((r) => count(r.resident));
  const parts = [
    counted(
      sum((r) => r.pages),
      'page',
    ),
  ];
  if (own > 0) parts.push(`${integer(own)} private`);
  if (resident > own) parts.push(`${integer(resident - own)} shared`);
  if (resident === 0) parts.push('none in RAM');
  return parts.join(', ');
}

/** One line of the map, for the text under it and for screen readers. */
export const lineInWords = (line: MapLine): string =>
  [line.name, line.address, line.permissions, line.pages].filter((part) => part !== '').join(' · ');

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
  if (resident === 0) return `${where} · ${pageCount(cell.pages)} · not in RAM`;
  const kinds = [
    cell.privatePages > 0 ? `${pageCount(cell.privatePages)} private` : undefined,
    cell.sharedPages > 0 ? `${pageCount(cell.sharedPages)} shared` : undefined,
    cell.pages > resident ? `${pageCount(cell.pages - resident)} not in RAM` : undefined,
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

const pageCount = (pages: number) => counted(pages, 'page');

/** A number with two decimals at most: "11.12", "372". */
export const decimal = (n: number): string =>
  n.toLocaleString('en-US', { maximumFractionDigits: n < 100 ? 2 : 0 });
