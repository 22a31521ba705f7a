import { type Cluster, type Touched, touchedOf, touchedTogether } from './cluster.js';
import type { Block, Placed } from './mapping.js';
import type { Part } from './process.js';
import { remembered } from './remembered.js';
import { eachRun, type Runs } from './runs.js';

/** A block that goes where mmap finds room, from the top down. */
export interface MmapItem {
  readonly block: Block;
  /** Pages its address is a multiple of. */
  readonly align: number;
  /** Pages asked for first, of which what the block and its alignment leave is given back: more than it has. */
  readonly reserve?: number;
  /** Pages of the block that nothing is mapped at, where others may go. */
  readonly holes?: Runs;
  /** During start-up, during it only, or when it is over and what was temporary is gone. */
  readonly when: 'start' | 'until-start' | 'later';
}

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

/** Those that are there when start-up is over, in the order they are mapped in. */
const blocksOf = (items: readonly MmapItem[]): readonly Block[] =>
  items.filter(isLasting).map(({ block }) => block);

const isLasting = ({ block, when }: MmapItem): boolean => when !== 'until-start' && block.pages > 0;

/** What tops are above a multiple of `align`, ascending; which of these each is, and that multiple. */
const residuesOf = remembered((tops: Float64Array, align: number) => {
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
 * 1 of what stays where it is if the top moves by less than an alignment, 0 of what moves with it: how many
 * pages further below the top it is for each page that that is higher.
 */
type Aligned = 0 | 1;

/** Free pages, counted from the top: their numbers are negative. */
interface Gap {
  start: number;
  end: number;
  startAligned: Aligned;
  endAligned: Aligned;
}

/** What is put above, below and into what, at one residue of the top by the largest alignment. */
interface Arrangement {
  readonly residue: number;
  /** The last residue up to which it is the same. */
  last: number;
  /** The highest first. */
  readonly gaps: Gap[];
  /** Where each of the lasting items begins, in the order they are mapped in: pages from the top. */
  readonly starts: number[];
  readonly aligned: Aligned[];
}

/**
 * mmap takes the highest gap that fits, in an address space with far more room than a program takes. This is done
 * for some hundred residues of a top.
 */
function arrange(items: readonly MmapItem[], residue: number): Arrangement {
  const whole: Gap = { start: Number.NEGATIVE_INFINITY, end: 0, startAligned: 0, endAligned: 0 };
  const last = Number.POSITIVE_INFINITY;
  const made: Arrangement = { residue, last, gaps: [whole], starts: [], aligned: [] };
  const { gaps, starts, aligned } = made;
  const temporary: Gap[] = [];
  for (const item of items) {
    const { block, align, reserve, holes, when } = item;
    const { pages } = block;
    if (when === 'later') for (const gap of temporary.splice(0)) give(gaps, gap);
    if (pages === 0) continue;
    const index = fitting(made, reserve ?? (align > 1 ? pages + align : pages));
    const gap = gaps[index] as Gap;
    const start = startIn(gap, item, made);
    const startAligned = align > 1 ? 1 : gap.endAligned;
    // What an alignment happens to leave nothing above for this residue it leaves some for others.
    if (align > 1) gaps.splice(index, 0, { ...gap, start: start + pages, startAligned });
    gap.end = start;
    gap.endAligned = startAligned;
    if (holes) {
      eachRun(holes, (from, to) => give(gaps, gapAt(start + from, start + to, startAligned)));
    }
    if (isLasting(item)) {
      starts.push(start);
      aligned.push(startAligned);
    } else {
      temporary.push(gapAt(start, start + pages, startAligned));
    }
  }
  return apart(made);
}

/** Index of the highest gap that has so many pages. */
function fitting(made: Arrangement, pages: number): number {
  for (let index = 0; ; index++) {
    const gap = made.gaps[index] as Gap;
    const spare = gap.end - gap.start - pages;
    const growth = gap.startAligned - gap.endAligned; // for each page that the top is higher
    if (spare >= 0) {
      if (growth < 0) holdsFor(made, spare);
      return index;
    }
    if (growth > 0) holdsFor(made, -spare - 1);
  }
}

/** Where an item begins in a gap: as high as its alignment allows, or as low in what is reserved for it. */
function startIn({ end, endAligned }: Gap, item: MmapItem, made: Arrangement): number {
  const { block, align, reserve } = item;
  const highest = end - (reserve ?? block.pages);
  if (align === 1) return highest;
  const over = beyond(made.residue + highest, align);
  const up = reserve === undefined ? -over : beyond(-over, align);
  if (endAligned === 0) holdsFor(made, reserve === undefined ? align - 1 - over : up);
  return highest + up;
}

function holdsFor(made: Arrangement, more: number): void {
  made.last = Math.min(made.last, made.residue + more);
}

/** Which of the lasting items are aligned, or which are not. */
function indicesOf({ aligned }: Arrangement, which: Aligned): number[] {
  const indices: number[] = [];
  for (let i = 0; i < aligned.length; i++) if (aligned[i] === which) indices.push(i);
  return indices;
}

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
  const those = indicesOf(made, aligned);
  return {
    blocks: drawnLater(items, made.residue, aligned),
    touched: touchedTogether(
      those.map((i) => touched[i] as Touched),
      those.map((i) => startOf(made, i)),
      perTable,
    ),
  };
}

/** Made again when it is asked for: see `Cluster`. */
const drawnLater = (items: readonly MmapItem[], residue: number, aligned: Aligned) => () => {
  const blocks = blocksOf(items);
  const made = arrange(items, residue);
  return indicesOf(made, aligned).map(
    (i): Placed => ({ block: blocks[i] as Block, base: startOf(made, i) }),
  );
};

/** Pages from the top that the part has: of what is aligned, an aligned one. */
const startOf = ({ starts, aligned, residue }: Arrangement, i: number): number =>
  (starts[i] as number) + (aligned[i] === 1 ? residue : 0);

/** The same, if what is aligned is below all the rest. In a hole of it, it is taken for a part of it, at this residue. */
function apart(made: Arrangement): Arrangement {
  let lowest = Number.POSITIVE_INFINITY;
  let highestAligned = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < made.starts.length; i++) {
    const start = made.starts[i] as number;
    if (made.aligned[i] === 0) lowest = Math.min(lowest, start);
    else highestAligned = Math.max(highestAligned, start);
  }
  if (highestAligned < lowest) return made;
  return { ...made, last: made.residue, aligned: made.aligned.map(() => 0) };
}

const gapAt = (start: number, end: number, aligned: Aligned): Gap => ({
  start,
  end,
  startAligned: aligned,
  endAligned: aligned,
});

/** One gap is made of it and those that it touches for all residues. */
function give(gaps: Gap[], gap: Gap): void {
  const index = gaps.findIndex(({ end }) => end <= gap.start);
  const above = gaps[index - 1];
  const below = gaps[index];
  const joinsAbove = above?.start === gap.end && above.startAligned === gap.endAligned;
  const joinsBelow = below?.end === gap.start && below.endAligned === gap.startAligned;
  gaps.splice(index - Number(joinsAbove), Number(joinsAbove) + Number(joinsBelow), {
    start: joinsBelow ? below.start : gap.start,
    startAligned: joinsBelow ? below.startAligned : gap.startAligned,
    end: joinsAbove ? above.end : gap.end,
    endAligned: joinsAbove ? above.endAligned : gap.endAligned,
  });
}

/** Pages that a page, which may be negative, lies above a multiple of `align`. */
const beyond = (page: number, align: number): number => ((page % align) + align) % align;
