import type { Block, Placed } from './mapping.js';
import type { Runs } from './runs.js';

/**
 * Blocks that keep their distances wherever they are put, in ascending order. Where a process may be
 * put in thousands of ways, it is a few clusters that are moved, and each is looked at once.
 */
export interface Cluster {
  readonly blocks: readonly Block[];
  /** Where each block begins, in pages from the cluster's base. */
  readonly starts: readonly number[];
  readonly touched: Touched;
}

/**
 * Touched pages, as far as they may be and the fewest, without the gaps that make no difference to any
 * table. Where both are the same set they are the same object.
 */
export interface Touched {
  readonly most: Runs;
  readonly least: Runs;
}

/**
 * Blocks as one cluster, whose base is page 0.
 *
 * @param placed in any order, none over another
 * @param perTable pages that a table of the lowest level maps
 */
export function clusterOf(placed: readonly Placed[], perTable: number): Cluster {
  const ascending = placed.toSorted((a, b) => a.base - b.base);
  const blocks = ascending.map(({ block }) => block);
  const starts = ascending.map(({ base }) => base);
  const touched = blocks.map((block) => touchedOf(block, perTable));
  const order = blocks.map((_, i) => i);
  return { blocks, starts, touched: joined(touched, order, starts, perTable) };
}

/** @param perTable pages that a table of the lowest level maps */
export const touchedOf = ({ resident, residentLeast }: Block, perTable: number): Touched => {
  const same =
    resident.length === residentLeast.length && resident.every((n, i) => n === residentLeast[i]);
  const part = { most: resident, least: same ? resident : residentLeast };
  return joined([part], [0], [0], perTable);
};

/**
 * What is touched of several together.
 *
 * @param order which of the parts, ascending
 * @param starts where each of these begins
 */
export function joined(
  parts: readonly Touched[],
  order: readonly number[],
  starts: readonly number[],
  perTable: number,
): Touched {
  const most = withoutSmallGaps(parts, order, starts, perTable, false);
  const sure = order.every((i) => parts[i]?.least === parts[i]?.most);
  return { most, least: sure ? most : withoutSmallGaps(parts, order, starts, perTable, true) };
}

/**
 * Ascending sets as one, with gaps of fewer than `perTable` pages closed: a table that meets such a gap
 * also meets what lies before or behind it, whatever its level and wherever the set is put.
 */
function withoutSmallGaps(
  parts: readonly Touched[],
  order: readonly number[],
  starts: readonly number[],
  perTable: number,
  surely: boolean,
): Runs {
  const closed: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (let p = 0; p < order.length; p++) {
    const { most, least } = parts[order[p] as number] as Touched;
    const runs = surely ? least : most;
    const from = starts[p] as number;
    for (let i = 0; i < runs.length; i += 2) {
      const start = from + (runs[i] as number);
      if (start - end >= perTable) closed.push(start, 0);
      end = Math.max(end, from + (runs[i + 1] as number));
      closed[closed.length - 1] = end;
    }
  }
  return closed;
}

/** The blocks, where they are if the cluster's base is at a page. */
export const placedBlocks = ({ blocks, starts }: Cluster, base: number): readonly Placed[] =>
  blocks.map((block, i) => ({ block, base: base + (starts[i] as number) }));
