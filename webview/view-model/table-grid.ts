import type { PageTables, TableLevel } from '../../src/model/cost.js';
import type { MapRow, PageInterval } from './map-rows.js';
import { intervalOf } from './map-rows.js';

/** A line of the map and the grid rows ("tracks") it takes, counted from zero. */
export interface PlacedRow {
  readonly row: MapRow;
  readonly track: number;
  readonly tracks: number;
}

/** A box of the page-table tree: one table, or all those that map the middle of a large region. */
export interface TableBox {
  /** Index of its level in `PageTables.levels`. */
  readonly level: number;
  readonly track: number;
  readonly tracks: number;
  readonly tables: number;
  /** Entries in use, in all of them; undefined where the list of tables was cut short. */
  readonly entriesUsed: number | undefined;
  /** First page of the first table's reach. */
  readonly firstPage: number;
}

export interface TableGrid {
  readonly rows: readonly PlacedRow[];
  readonly boxes: readonly TableBox[];
  readonly tracks: number;
}

/**
 * Puts the page-table tree beside the map: each table's box reaches over the lines that it maps. A
 * region that begins or ends within a table's reach is cut there, so that the boxes of all levels
 * meet its line at the right place; the tables in between are one box.
 */
export function tableGrid(rows: readonly MapRow[], pageTables: PageTables): TableGrid {
  const reaches = reachByLevel(pageTables.levels);
  const placed: PlacedRow[] = [];
  const pieces: (PageInterval & { readonly track: number })[] = [];
  let track = 0;
  for (const row of rows) {
    const cut = cutAtTables(intervalOfRow(row), reaches);
    for (const [index, piece] of cut.entries()) pieces.push({ ...piece, track: track + index });
    const tracks = Math.max(1, cut.length);
    placed.push({ row, track, tracks });
    track += tracks;
  }
  const boxes = pageTables.levels.flatMap((level, index) =>
    boxesOfLevel(level, index, reaches[index] as number, pieces),
  );
  return { rows: placed, boxes, tracks: track };
}

/** Pages that one table of each level maps. */
export function reachByLevel(levels: readonly TableLevel[]): readonly number[] {
  let reach = 1;
  return levels.map((level) => {
    reach *= level.entriesPerTable;
    return reach;
  });
}

function intervalOfRow(row: MapRow): PageInterval {
  if (row.kind === 'region') return intervalOf([row.region]);
  if (row.kind === 'object' && !row.open) return intervalOf(row.regions);
  return { first: 0, end: 0 };
}

/** The interval in pieces, highest first, that lie in one table each or in whole ones. */
function cutAtTables(interval: PageInterval, reaches: readonly number[]): readonly PageInterval[] {
  const { first, end } = interval;
  if (end <= first) return [];
  const cuts = new Set<number>([first, end]);
  for (const reach of reaches) {
    const afterFirst = (Math.floor(first / reach) + 1) * reach;
    const beforeLast = Math.floor((end - 1) / reach) * reach;
    if (afterFirst < end) cuts.add(afterFirst).add(beforeLast);
  }
  const ascending = [...cuts].sort((a, b) => a - b);
  return ascending
    .slice(1)
    .map((cut, index) => ({ first: ascending[index] as number, end: cut }))
    .reverse();
}

/** The boxes of one level: neighbouring pieces in one and the same table share a box. */
function boxesOfLevel(
  level: TableLevel,
  index: number,
  reach: number,
  pieces: readonly (PageInterval & { readonly track: number })[],
): readonly TableBox[] {
  const boxes: TableBox[] = [];
  for (const piece of pieces) {
    const from = Math.floor(piece.first / reach) * reach;
    const to = Math.ceil(piece.end / reach) * reach;
    const last = boxes.at(-1);
    if (last && last.firstPage <= from && from < last.firstPage + reach * last.tables) {
      boxes[boxes.length - 1] = { ...last, tracks: piece.track + 1 - last.track };
      continue;
    }
    const found = tablesBetween(level, from, to);
    if (found.tables === 0) continue;
    boxes.push({ level: index, track: piece.track, tracks: 1, ...found });
  }
  return boxes;
}

/** The level's tables whose reach begins from `from` up to `to`. */
function tablesBetween(level: TableLevel, from: number, to: number) {
  const begin = lowerBound(level.list, from);
  const end = lowerBound(level.list, to);
  const listed = level.list.slice(begin, end);
  // What the list leaves out can only be told for the level as a whole.
  const cutShort = end === level.list.length && level.list.length < level.tables;
  return {
    tables: listed.length + (cutShort ? level.tables - level.list.length : 0),
    entriesUsed: cutShort ? undefined : listed.reduce((sum, table) => sum + table.entriesUsed, 0),
    firstPage: listed[0]?.firstPage ?? from,
  };
}

/** Index of the first table that begins at `page` or later. */
function lowerBound(list: TableLevel['list'], page: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.firstPage ?? 0) < page) low = middle + 1;
    else high = middle;
  }
  return low;
}
