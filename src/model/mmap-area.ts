import { type Cluster, type Touched, touchedOf, touchedTogether } from './cluster.js';
import type { Block } from './mapping.js';
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
 * The mmap area when start-up is over. With the page above it, which is its base, everything moves, but
 * for what is aligned: there may be as many layouts as the largest alignment has pages. Few differ in more
 * than how far what is aligned is from the rest.
 *
 * @param tops the page above it, by placement
 * @param perTable pages that a table of the lowest level maps
 */
export function mmapArea(
  items: readonly MmapItem[],
  tops: Float64Array,
  perTable: number,
): Pick<Part, 'clusters' | 'which'> {
  const { residues, which } = residuesOf(tops, Math.max(1, ...items.map(({ align }) => align)));
  const clusters: Cluster[] = [];
  while (clusters.length < residues.length) {
    const arrangement = arrange(items, residues[clusters.length] as number);
    const last = residues.findLastIndex((residue) => residue <= arrangement.last);
    const sharing = residues.slice(clusters.length, last + 1);
    clusters.push(...clustersOf(items, arrangement, sharing, perTable));
  }
  return { clusters, which };
}

/** What is left of the tops when what is aligned is taken off, ascending; and which that is, by placement. */
const residuesOf = remembered((tops: Float64Array, align: number) => {
  const all = tops.map((top) => top % align);
  const residues = [...new Set(all)].sort((a, b) => a - b);
  const numbers = new Map(residues.map((residue, number) => [residue, number]));
  return { residues, which: Uint16Array.from(all, (residue) => numbers.get(residue) as number) };
});

/** An arrangement at each of some residues that it holds for. */
function clustersOf(
  items: readonly MmapItem[],
  { residue: first, starts }: Arrangement,
  residues: readonly number[],
  perTable: number,
): Cluster[] {
  const blocks = items.filter(isLasting).map(({ block }) => block);
  const touchedWhere = (aligned: boolean): Touched => {
    const those = starts.map((_, i) => i).filter((i) => starts[i]?.aligned === aligned);
    return touchedTogether(
      those.map((i) => touchedOf(blocks[i] as Block, perTable)),
      those.map((i) => (starts[i] as Place).page),
      perTable,
    );
  };
  const touched = [touchedWhere(false), touchedWhere(true)];
  return residues.map((residue) => ({
    blocks,
    starts: () => starts.map(({ page, aligned }) => page + (aligned ? first - residue : 0)),
    touched: touchedTogether(touched, [0, first - residue], perTable),
  }));
}

const isLasting = ({ block, when }: MmapItem): boolean => when !== 'until-start' && block.pages > 0;

/** A page below the top: its number is negative. */
interface Place {
  readonly page: number;
  /** Whether it stays where it is if the top moves by less than an alignment; else it moves with it. */
  readonly aligned: boolean;
}

/** The address space has far more room than a program takes. */
const BOTTOM: Place = { page: Number.NEGATIVE_INFINITY, aligned: false };

/** Free pages between two places. */
interface Gap {
  readonly start: Place;
  readonly end: Place;
}

/** What is put above, below and into what. */
interface Arrangement {
  /** Of the top, by the largest alignment: where the places are said for. */
  readonly residue: number;
  /** The last residue up to which it is the same. */
  readonly last: number;
  /** Where each of the lasting items begins, in the order they are mapped in. */
  readonly starts: readonly Place[];
}

/** mmap takes the highest gap that fits. */
function arrange(items: readonly MmapItem[], residue: number): Arrangement {
  let last = Number.POSITIVE_INFINITY;
  const holdsFor = (more: number) => {
    last = Math.min(last, residue + more);
  };
  const starts: Place[] = [];
  const gaps: Gap[] = [{ start: BOTTOM, end: { page: 0, aligned: false } }]; // highest first
  const temporary: Gap[] = [];
  for (const item of items) {
    const { block, align, when } = item;
    const { pages } = block;
    if (when === 'later') while (temporary.length > 0) give(gaps, temporary.shift() as Gap);
    if (pages === 0) continue;
    const room = item.reserve ?? (align > 1 ? pages + align : pages);
    const index = gaps.findIndex((gap) => fits(gap, room, holdsFor));
    const gap = gaps[index] as Gap;
    const start = placed(item, gap.end, residue, holdsFor);
    gaps[index] = { start: gap.start, end: start };
    // Where an aligned item happens to leave nothing above it, it does so for other residues.
    if (align > 1) gaps.splice(index, 0, { start: at(start, pages), end: gap.end });
    if (item.holes) {
      eachRun(item.holes, (from, to) => give(gaps, { start: at(start, from), end: at(start, to) }));
    }
    if (isLasting(item)) starts.push(start);
    else temporary.push({ start, end: at(start, pages) });
  }
  return { residue, last, starts };
}

const at = ({ page, aligned }: Place, pages: number): Place => ({ page: page + pages, aligned });

/** @param holdsFor told for how many further residues the answer is the same, where it is not for all */
function fits({ start, end }: Gap, pages: number, holdsFor: (more: number) => void): boolean {
  const spare = end.page - start.page - pages;
  const grows = Number(start.aligned) - Number(end.aligned); // with the residue
  if (spare < 0 && grows > 0) holdsFor(-spare - 1);
  if (spare >= 0 && grows < 0) holdsFor(spare);
  return spare >= 0;
}

/**
 * Where a block goes below `end`: as high as its alignment allows, or as low in what is reserved for it.
 *
 * @param holdsFor as for `fits`
 */
function placed(
  { block, align, reserve }: MmapItem,
  end: Place,
  residue: number,
  holdsFor: (more: number) => void,
): Place {
  const highest = end.page - (reserve ?? block.pages);
  if (align === 1) return { page: highest, aligned: end.aligned };
  // An aligned mapping is given room for its alignment, too (mm/huge_memory.c).
  const over = beyond(residue + highest, align);
  const up = reserve === undefined ? -over : beyond(-over, align);
  if (!end.aligned) holdsFor(reserve === undefined ? align - 1 - over : up);
  return { page: highest + up, aligned: true };
}

/** One gap is made of it and those that it touches. */
function give(gaps: Gap[], { start, end }: Gap): void {
  const index = gaps.findIndex((gap) => gap.end.page <= start.page);
  const above = gaps[index - 1];
  const below = gaps[index];
  const joinsAbove = above !== undefined && isSame(above.start, end);
  const joinsBelow = below !== undefined && isSame(below.end, start);
  gaps.splice(index - Number(joinsAbove), Number(joinsAbove) + Number(joinsBelow), {
    start: joinsBelow ? below.start : start,
    end: joinsAbove ? above.end : end,
  });
}

/** Two places between which nothing opens for other residues either. */
const isSame = (a: Place, b: Place): boolean => a.page === b.page && a.aligned === b.aligned;

/** Pages that a page, which may be negative, lies above a multiple of `align`. */
const beyond = (page: number, align: number): number => ((page % align) + align) % align;
