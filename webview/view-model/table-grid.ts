import type { Region, TableLevel } from '../../src/model/cost.js';
import { coarsen, count, intersect, type Runs, run, union } from '../../src/model/runs.js';
import { intervalOf, type MapRow, type PageInterval } from './map-rows.js';

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
  /** Entries in use, in all of them. */
  readonly entriesUsed: number;
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
export function tableGrid(
  rows: readonly MapRow[],
  regions: readonly Region[],
  levels: readonly TableLevel[],
): TableGrid {
  const reaches = reachByLevel(levels);
  const placed: PlacedRow[] = [];
  const pieces: Piece[] = [];
  let track = 0;
  for (const row of rows) {
    const cut = cutAtTables(intervalOfRow(row), reaches);
    for (const [index, piece] of cut.entries()) pieces.push({ ...piece, track: track + index });
    const tracks = Math.max(1, cut.length);
    placed.push({ row, track, tracks });
    track += tracks;
  }
  let entries = union(...regions.map((region) => region.resident));
  const boxes = levels.flatMap((level, index) => {
    const reach = reaches[index] as number;
    const tables = coarsen(entries, level.entriesPerTable);
    const boxesHere = boxesOfLevel({ level, index, reach, tables, entries }, pieces);
    entries = tables;
    return boxesHere;
  });
  return { rows: placed, boxes, tracks: track };
}

interface Piece extends PageInterval {
  readonly track: number;
}

/** The tables of a level and their entries in use, both counted in units of their own. */
interface LevelInUse {
  readonly level: TableLevel;
  readonly index: number;
  /** Pages one table maps. */
  readonly reach: number;
  readonly tables: Runs;
  readonly entries: Runs;
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
function boxesOfLevel(inUse: LevelInUse, pieces: readonly Piece[]): readonly TableBox[] {
  const { index, reach } = inUse;
  const boxes: TableBox[] = [];
  let lastFrom = Number.POSITIVE_INFINITY;
  for (const piece of pieces) {
    const from = Math.floor(piece.first / reach);
    const last = boxes.at(-1);
    // Pieces come in descending order: one that begins in the last box's table belongs to it.
    if (last && from === lastFrom) {
      boxes[boxes.length - 1] = { ...last, tracks: piece.track + 1 - last.track };
      continue;
    }
    const tables = intersect(inUse.tables, [from, Math.ceil(piece.end / reach)]);
    if (tables.length === 0) continue;
    lastFrom = from;
    boxes.push({
      level: index,
      track: piece.track,
      tracks: 1,
      tables: count(tables),
      entriesUsed: entriesOf(tables, inUse),
      firstPage: (tables[0] as number) * reach,
    });
  }
  return boxes;
}

function entriesOf(tables: Runs, { entries, level }: LevelInUse): number {
  const first = tables[0] as number;
  const end = tables.at(-1) as number;
  const { entriesPerTable } = level;
  return count(intersect(entries, run(first * entriesPerTable, (end - first) * entriesPerTable)));
}
