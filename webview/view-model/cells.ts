import type { Region } from '../../src/model/cost.js';
import {
  intersect,
  NO_RUNS,
  type Runs,
  run,
  shift,
  subtract,
  union,
} from '../../src/model/runs.js';
import { bucketCounts } from './buckets.js';

/** One square of the map: a page or, in a region of many pages, as many as its row says. */
export interface Cell {
  /** Absolute page number of the first of them. */
  readonly firstPage: number;
  readonly pages: number;
  readonly privatePages: number;
  /** Resident and not private. */
  readonly sharedPages: number;
  /** Bytes with a use in the private and in the shared pages; undefined where they are not counted. */
  readonly privateUsed: number | undefined;
  readonly sharedUsed: number | undefined;
  /** Pages that the process as it is has to itself, and that are not in RAM in the one drawn. */
  readonly gonePages: number;
}

/** What the map draws for some regions: at most `mostCells` cells of equally many pages. */
export interface CellRow {
  /** A power of two. */
  readonly pagesPerCell: number;
  readonly cells: readonly Cell[];
}

/**
 * The cells of one region, or of several put end to end: gaps between them are left out.
 * @param gone pages to count as such, absolute
 */
export function cellRow(
  regions: readonly Region[],
  pageSize: number,
  mostCells: number,
  gone: Runs = [],
): CellRow {
  const pages = regions.reduce((sum, region) => sum + region.pages, 0);
  let pagesPerCell = 1;
  while (pages > pagesPerCell * mostCells) pagesPerCell *= 2;
  const number = Math.ceil(pages / pagesPerCell);

  const placed = placeEndToEnd(regions, pageSize, gone);
  const toPages = (runs: Runs) => bucketCounts(runs, pagesPerCell, number);
  const toBytes = (runs: Runs) => bucketCounts(runs, pagesPerCell * pageSize, number);
  const isCounted = regions.every(({ used }) => used !== undefined);
  const usedIn = (runs: Runs) =>
    isCounted
      ? toBytes(
          intersect(
            placed.used,
            runs.map((page) => page * pageSize),
          ),
        )
      : undefined;
  const shared = subtract(placed.resident, placed.private);
  const counts = {
    privatePages: toPages(placed.private),
    sharedPages: toPages(shared),
    privateUsed: usedIn(placed.private),
    sharedUsed: usedIn(shared),
    gonePages: toPages(placed.gone),
  };
  const at = (values: readonly number[], index: number) => values[index] as number;
  return {
    pagesPerCell,
    cells: Array.from({ length: number }, (_, index) => ({
      firstPage: pageAt(regions, index * pagesPerCell),
      pages: Math.min(pagesPerCell, pages - index * pagesPerCell),
      privatePages: at(counts.privatePages, index),
      sharedPages: at(counts.sharedPages, index),
      privateUsed: counts.privateUsed?.[index],
      sharedUsed: counts.sharedUsed?.[index],
      gonePages: at(counts.gonePages, index),
    })),
  };
}

/** The regions' sets, as if the first began at page 0 and each next one where the last ended. */
function placeEndToEnd(regions: readonly Region[], pageSize: number, gone: Runs) {
  const starts: number[] = [];
  let next = 0;
  for (const region of regions) {
    starts.push(next);
    next += region.pages;
  }
  const start = (index: number) => starts[index] as number;
  return {
    resident: union(...regions.map((r, i) => shift(r.resident, start(i) - r.firstPage))),
    private: union(...regions.map((r, i) => shift(r.private, start(i) - r.firstPage))),
    used: union(...regions.map((r, i) => shift(r.used ?? NO_RUNS, start(i) * pageSize))),
    gone: union(
      ...regions.map((r, i) =>
        shift(intersect(gone, run(r.firstPage, r.pages)), start(i) - r.firstPage),
      ),
    ),
  };
}

/** The absolute page number at an offset into regions put end to end. */
function pageAt(regions: readonly Region[], offset: number): number {
  let left = offset;
  for (const region of regions) {
    if (left < region.pages) return region.firstPage + left;
    left -= region.pages;
  }
  return 0;
}
