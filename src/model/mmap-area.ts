import { type Cluster, type Touched, touchedOf, touchedTogether } from './cluster.js';
import type { Block, Placed } from './mapping.js';
import { memoized } from './memoized.js';
import {
  type Aligned,
  type Arrangement,
  arrange,
  blocksOf,
  type MmapItem,
} from './mmap-arrangement.js';
import type { Part } from './process.js';

/**
 * The mmap area when start-up is over, in two parts: what keeps its distance to the top, the page above the
 * area, and what keeps its address while that moves by less than the largest alignment.
 *
 * @param tops by placement
 * @param perTable pages that a table of the lowest level maps
 */
export function mmapArea(
  items: readonly MmapItem[],
  tops: Float64Array,
  perTable: number,
): readonly Part[] {
  const align = Math.max(1, ...items.map((item) => item.align));
  const { residues, residueAt, alignedTops } = residuesOf(tops, align);
  const touched = blocksOf(items).map((block) => touchedOf(block, perTable));
  const withTop: Cluster[] = [];
  const fixed: Cluster[] = [];
  let last = -1;
  const numbers = residues.map((residue) => {
    if (residue > last) {
      const made = arrange(items, residue);
      last = made.last;
      withTop.push(clusterIn(made, 0, items, touched, perTable));
      fixed.push(clusterIn(made, 1, items, touched, perTable));
    }
    return withTop.length - 1;
  });
  const which = residueAt.map((index) => numbers[index] as number);
  const part: Part = { clusters: withTop, which, bases: tops };
  return align === 1 ? [part] : [part, { clusters: fixed, which, bases: alignedTops }];
}

/** What tops are above a multiple of `align`, ascending; which of these each is, and that multiple. */
const residuesOf = memoized((tops: Float64Array, align: number) => {
  const all = tops.map((top) => top % align);
  const residues = [...new Set(all)].sort((a, b) => a - b);
  const indices = new Map(residues.map((residue, index) => [residue, index]));
  return {
    residues,
    residueAt: Uint16Array.from(all, (residue) => indices.get(residue) as number),
    alignedTops: tops.map((top) => top - (top % align)),
  };
});

/**
 * What is aligned, or what is not.
 *
 * @param touched of each of the lasting items
 */
function clusterIn(
  made: Arrangement,
  aligned: Aligned,
  items: readonly MmapItem[],
  touched: readonly Touched[],
  perTable: number,
): Cluster {
  return {
    blocks: drawnLater(items, made.residue, aligned),
    touched: touchedTogether(touched, made.starts, indicesOf(made, aligned), perTable),
  };
}

/** Made again when it is asked for: see `Cluster`. */
const drawnLater = (items: readonly MmapItem[], residue: number, aligned: Aligned) => () => {
  const blocks = blocksOf(items);
  const made = arrange(items, residue);
  return indicesOf(made, aligned).map(
    (i): Placed => ({ block: blocks[i] as Block, base: made.starts[i] as number }),
  );
};

/** Which of the lasting items are aligned, or which are not. */
function indicesOf({ aligned }: Arrangement, which: Aligned): number[] {
  const indices: number[] = [];
  for (let i = 0; i < aligned.length; i++) if (aligned[i] === which) indices.push(i);
  return indices;
}
