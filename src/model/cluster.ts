import type { Block, Placed } from './mapping.js';
import { memoized } from './memoized.js';
import { type Runs, shift, union } from './runs.js';

/**
 * Blocks that keep their distances wherever they are put. Where a process may be put in thousands of ways, it
 * is a few clusters that are moved, and each is looked at once.
 */
export interface Cluster {
  /**
   * Its blocks, and where each begins, in pages from the cluster's base. Of a thousand layouts one or two are
   * drawn, and asked for it: kept for each, this would be most of what an estimate keeps.
   */
  readonly blocks: () => readonly Placed[];
  readonly touched: Touched;
}

/**
 * Touched pages, those taken to be, the fewest and as far as they may be, without the gaps that make no
 * difference to any table. Where they are the same set they are the same object.
 */
export interface Touched {
  readonly usual: Runs;
  readonly least: Runs;
  readonly most: Runs;
}

/**
 * Blocks as one cluster, whose base is page 0.
 *
 * @param placed in any order, none over another
 * @param perTable pages that a table of the lowest level maps
 */
export function clusterOf(placed: readonly Placed[], perTable: number): Cluster {
  const touched = placed.map(({ block }) => touchedOf(block, perTable));
  const starts = placed.map(({ base }) => base);
  const all = placed.map((_, i) => i);
  return { blocks: () => placed, touched: touchedTogether(touched, starts, all, perTable) };
}

/** @param perTable pages that a table of the lowest level maps */
export const touchedOf = memoized(
  ({ resident, residentLeast, residentMost = resident }: Block, perTable: number): Touched => {
    const same =
      resident.length === residentLeast.length && resident.every((n, i) => n === residentLeast[i]);
    const part = {
      usual: resident,
      least: same ? resident : residentLeast,
      most: residentMost,
    };
    return touchedTogether([part], [0], [0], perTable);
  },
);

/**
 * What is touched of several blocks together.
 *
 * @param starts where each of them begins, in pages
 * @param which of them are meant: their indices, once each
 * @param perTable pages that a table of the lowest level maps
 */
export function touchedTogether(
  parts: readonly Touched[],
  starts: readonly number[],
  which: readonly number[],
  perTable: number,
): Touched {
  const order = ascending(starts, which);
  const touched = (extent: keyof Touched) =>
    withoutSmallGaps(parts, starts, order, perTable, extent);
  const isUsual = (extent: 'least' | 'most') =>
    order.every((i) => isAs(parts[i] as Touched, extent));
  const usual = touched('usual');
  return {
    usual,
    least: isUsual('least') ? usual : touched('least'),
    most: isUsual('most') ? usual : touched('most'),
  };
}

/** Whether the fewest, or as many as may be, are just those taken to be touched. */
export const isAs = (touched: Touched, which: 'least' | 'most'): boolean =>
  touched.usual === touched[which];

/**
 * The indices, from that of the lowest start to that of the highest. Starts mostly descend, as mmap goes downwards:
 * read backwards there is nothing to move, and an array's own `sort` would call a function for each pair.
 */
function ascending(starts: readonly number[], indices: readonly number[]): readonly number[] {
  const order: number[] = [];
  for (let i = indices.length - 1; i >= 0; i--) {
    const index = indices[i] as number;
    const start = starts[index] as number;
    let at = order.length;
    for (; at > 0 && (starts[order[at - 1] as number] as number) > start; at--) {
      order[at] = order[at - 1] as number;
    }
    order[at] = index;
  }
  return order;
}

/**
 * Sets as one, with gaps of fewer than `perTable` pages closed: a table that meets such a gap also meets
 * what lies before or behind it, whatever its level and wherever the set is put.
 *
 * @param order indices of those that are meant, ascending by their starts
 * @param extent to which pages are meant to be touched
 */
function withoutSmallGaps(
  parts: readonly Touched[],
  starts: readonly number[],
  order: readonly number[],
  perTable: number,
  extent: keyof Touched,
): Runs {
  const closed: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const i of order) {
    const runs = (parts[i] as Touched)[extent];
    const from = starts[i] as number;
    for (let r = 0; r < runs.length; r += 2) {
      const start = from + (runs[r] as number);
      // One lies in a hole of another.
      if (start < (closed[closed.length - 2] as number)) {
        return withoutSmallGaps([inOne(parts, starts, order, extent)], [0], [0], perTable, extent);
      }
      if (start - end >= perTable) closed.push(start, 0);
      end = Math.max(end, from + (runs[r + 1] as number));
      closed[closed.length - 1] = end;
    }
  }
  return closed;
}

/** @param runs pages without small gaps, of which each is surely touched, and no other may be */
export const touchedAlways = (runs: Runs): Touched => ({ usual: runs, least: runs, most: runs });

/** All of it as one set, whatever lies where. */
function inOne(
  parts: readonly Touched[],
  starts: readonly number[],
  which: readonly number[],
  extent: keyof Touched,
): Touched {
  return touchedAlways(
    union(...which.map((i) => shift((parts[i] as Touched)[extent], starts[i] as number))),
  );
}

/** The blocks, where they are if the cluster's base is at a page. */
export const placedBlocks = (cluster: Cluster, page: number): readonly Placed[] =>
  cluster.blocks().map(({ block, base }) => ({ block, base: page + base }));
