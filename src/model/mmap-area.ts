import { type Cluster, touchedOf, touchedTogether } from './cluster.js';
import type { Block } from './mapping.js';
import type { Part } from './process.js';
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
 * for what is aligned: there may be as many layouts as the largest alignment has pages.
 *
 * @param tops the page above it, by placement
 * @param perTable pages that a table of the lowest level maps
 */
export function mmapArea(
  items: readonly MmapItem[],
  tops: Float64Array,
  perTable: number,
): Pick<Part, 'clusters' | 'which'> {
  const blocks = items.filter(isLasting).map(({ block }) => block);
  const touched = blocks.map((block) => touchedOf(block, perTable));
  const align = Math.max(1, ...items.map((item) => item.align));
  const layout = (residue: number): Cluster => ({
    blocks,
    starts: () => startsBelow(items, residue),
    touched: touchedTogether(touched, startsBelow(items, residue), perTable),
  });
  const which = new Uint16Array(tops.length);
  if (align === 1) return { clusters: [layout(0)], which };
  const clusters: Cluster[] = [];
  const byResidue = new Map<number, number>();
  tops.forEach((top, i) => {
    const residue = top % align;
    const known = byResidue.get(residue);
    which[i] = known ?? clusters.length;
    if (known !== undefined) return;
    byResidue.set(residue, clusters.length);
    clusters.push(layout(residue));
  });
  return { clusters, which };
}

const isLasting = ({ block, when }: MmapItem): boolean => when !== 'until-start' && block.pages > 0;

/**
 * How far below a top each of the lasting items begins, in the order they are mapped in. mmap takes the
 * highest gap that fits.
 *
 * @param residue of the top, by the largest alignment
 */
function startsBelow(items: readonly MmapItem[], residue: number): readonly number[] {
  const starts: number[] = [];
  const gaps: Gap[] = []; // highest first; below them is the rest of the address space
  const temporary: Gap[] = [];
  let rest = 0; // where that ends
  for (const item of items) {
    const { block, align, when } = item;
    const { pages } = block;
    if (when === 'later') while (temporary.length > 0) give(gaps, temporary.shift() as Gap);
    if (pages === 0) continue;
    const room = item.reserve ?? (align > 1 ? pages + align : pages);
    const index = gaps.length === 0 ? -1 : fitting(gaps, room);
    const end = index < 0 ? rest : (gaps[index] as Gap).end;
    const start = startOf(item, end, residue);
    if (index < 0) rest = start;
    else gaps[index] = { start: (gaps[index] as Gap).start, end: start };
    if (start + pages < end) {
      gaps.splice(index < 0 ? gaps.length : index, 0, { start: start + pages, end });
    }
    if (item.holes) {
      eachRun(item.holes, (from, to) => give(gaps, { start: start + from, end: start + to }));
    }
    if (isLasting(item)) starts.push(start);
    else temporary.push({ start, end: start + pages });
  }
  return starts;
}

/** Where a block goes below `end`: as high as its alignment allows, or as low in what is reserved for it. */
function startOf({ block, align, reserve }: MmapItem, end: number, residue: number): number {
  const highest = end - (reserve ?? block.pages);
  // An aligned mapping is given room for its alignment, too (mm/huge_memory.c).
  if (reserve === undefined)
    return align > 1 ? highest - beyond(residue + highest, align) : highest;
  return highest + beyond(-residue - highest, align);
}

/** Free pages, counted from the top: their numbers are negative. */
interface Gap {
  readonly start: number;
  readonly end: number;
}

function fitting(gaps: readonly Gap[], pages: number): number {
  for (let i = 0; i < gaps.length; i++) {
    const { start, end } = gaps[i] as Gap;
    if (end - start >= pages) return i;
  }
  return -1;
}

function give(gaps: Gap[], gap: Gap): void {
  const below = gaps.findIndex(({ start }) => start < gap.start);
  gaps.splice(below < 0 ? gaps.length : below, 0, gap);
}

/** Pages that a page, which may be negative, lies above a multiple of `align`. */
const beyond = (page: number, align: number): number => ((page % align) + align) % align;
