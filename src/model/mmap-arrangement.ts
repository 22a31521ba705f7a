import type { Block } from './mapping.js';
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

/** Those that are there when start-up is over, in the order they are mapped in. */
export const blocksOf = (items: readonly MmapItem[]): readonly Block[] =>
  items.filter(isLasting).map(({ block }) => block);

const isLasting = ({ block, when }: MmapItem): boolean => when !== 'until-start' && block.pages > 0;

/**
 * 1 of what stays where it is if the top moves by less than an alignment, 0 of what moves with it: how many
 * pages further below the top it is for each page that that is higher.
 */
export type Aligned = 0 | 1;

/** Free pages, counted from the top: their numbers are negative. */
interface Gap {
  start: number;
  end: number;
  startAligned: Aligned;
  endAligned: Aligned;
}

/** What is put above, below and into what, at one residue of the top by the largest alignment. */
export interface Arrangement {
  readonly residue: number;
  /** The last residue up to which it is the same. */
  last: number;
  /** The highest first. */
  readonly gaps: Gap[];
  /** Where each of the lasting items begins, in the order they are mapped in: pages from its part's base. */
  readonly starts: number[];
  readonly aligned: Aligned[];
}

/**
 * mmap takes the highest gap that fits, in an address space with far more room than a program takes. A program is
 * arranged for up to as many residues as the largest alignment has pages: hence plain loops.
 *
 * @param residue pages that the top is above a multiple of the largest alignment
 */
export function arrange(items: readonly MmapItem[], residue: number): Arrangement {
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
      starts.push(startAligned === 1 ? start + residue : start);
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

/** Notes up to how many residues further what was just found stays so. */
function holdsFor(made: Arrangement, more: number): void {
  made.last = Math.min(made.last, made.residue + more);
}

/**
 * The same, if what is aligned is below all the rest. In a hole of it, it is taken for a part of
 * it, at this residue.
 */
function apart(made: Arrangement): Arrangement {
  const { starts, aligned, residue } = made;
  let lowest = Number.POSITIVE_INFINITY;
  let highestAligned = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] as number;
    if (aligned[i] === 0) lowest = Math.min(lowest, start);
    else highestAligned = Math.max(highestAligned, start - residue);
  }
  if (highestAligned < lowest) return made;
  return {
    ...made,
    last: residue,
    starts: starts.map((start, i) => (aligned[i] === 1 ? start - residue : start)),
    aligned: aligned.map(() => 0),
  };
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
