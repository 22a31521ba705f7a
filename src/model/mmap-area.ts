import { type Block, joined, type Placed } from './mapping.js';
import { remembered } from './remembered.js';

/** A block that goes where mmap finds room, from the top down. */
export interface MmapItem {
  readonly block: Block;
  /** Pages its address is a multiple of: a power of two. */
  readonly align: number;
  /** During start-up, during it only, or when it is over and what was temporary is gone. */
  readonly when: 'start' | 'until-start' | 'later';
}

/**
 * The mmap area when start-up is over, for any page above it: ascending, what moves together as one
 * block. The first `alone` items are blocks of their own.
 */
export const mmapArea = (
  items: readonly MmapItem[],
  alone: number,
): ((top: number) => readonly Placed[]) => knownArea(alone, ...items);

/** Many programs load the same libraries in the same order. */
const knownArea = remembered((alone: number, ...items: readonly MmapItem[]) => {
  // With the top everything moves, but for what is aligned: there are few layouts.
  const align = Math.max(1, ...items.map((item) => item.align));
  const layouts: Layout[] = [];
  const layoutAt = remembered((residue: number): Layout => {
    const known = layouts.find(({ from, to }) => from <= residue && residue < to);
    const layout = known ?? layOut(items, alone, residue);
    if (!known) layouts.push(layout);
    return layout;
  });
  return (top: number): readonly Placed[] => {
    const residue = top % align;
    const layout = layoutAt(residue);
    const grid = top - residue;
    return layout.parts.map(({ block, at, moves }) => ({ block, base: at + (moves ? top : grid) }));
  };
});

/** How the area lies below every top with a residue in a range, `to` not included. */
interface Layout {
  readonly from: number;
  readonly to: number;
  /** Ascending. */
  readonly parts: readonly (Position & { readonly block: Block })[];
}

/** A page counted from the top where it moves with it; else from the multiple of all alignments below that. */
interface Position {
  readonly at: number;
  readonly moves: boolean;
}

function layOut(items: readonly MmapItem[], alone: number, residue: number): Layout {
  const gaps = gapsBelow(residue);
  const placed: Part[] = [];
  const temporary: { start: Position; pages: number }[] = [];
  items.forEach(({ block, align, when }, index) => {
    if (when === 'later')
      for (const { start, pages } of temporary.splice(0)) gaps.give(start, pages);
    if (block.pages === 0) return;
    const start = gaps.take(block.pages, align);
    if (when === 'until-start') temporary.push({ start, pages: block.pages });
    else placed.push({ ...start, block, joins: index >= alone });
  });
  const order = ({ at, moves }: Position) => at + (moves ? residue : 0);
  placed.sort((a, b) => order(a) - order(b));
  return { ...gaps.range(), parts: togetherWhereTheyMove(placed) };
}

interface Part extends Position {
  readonly block: Block;
  /** Whether it may be one block with its neighbours. */
  readonly joins: boolean;
}

function togetherWhereTheyMove(placed: readonly Part[]): Layout['parts'] {
  const groups: Part[][] = [];
  for (const part of placed) {
    const group = groups.at(-1);
    const last = group?.[0];
    if (last?.joins && part.joins && last.moves === part.moves) group?.push(part);
    else groups.push([part]);
  }
  return groups.map((group) => {
    const { at, moves, block } = group[0] as Part;
    if (group.length === 1) return { at, moves, block };
    return {
      at,
      moves,
      block: joined(group.map((part) => ({ block: part.block, base: part.at }))),
    };
  });
}

/** More pages than any program can ask for. What is too much for the real top is found when it is placed. */
const ROOM = 2 ** 51;

/**
 * Free address space below a top of this residue, from which mmap takes the highest gap that fits, and
 * the range of residues for which it would take the same ones.
 */
function gapsBelow(residue: number) {
  let from = 0;
  let to = Number.POSITIVE_INFINITY;
  // Highest first; the last one is the rest of the address space.
  const gaps: { start: Position; end: Position }[] = [
    { start: { at: -ROOM, moves: false }, end: { at: 0, moves: true } },
  ];

  /** Whether a gap has so many pages, which may depend on the residue. */
  const fits = ({ start, end }: { start: Position; end: Position }, pages: number): boolean => {
    const more = Number(end.moves) - Number(start.moves);
    const slack = end.at - start.at - pages;
    const does = slack + more * residue >= 0;
    // Growing with the residue, it fits from one residue on; shrinking, up to one.
    if (more > 0) {
      if (does) from = Math.max(from, -slack);
      else to = Math.min(to, -slack);
    } else if (more < 0) {
      if (does) to = Math.min(to, slack + 1);
      else from = Math.max(from, slack + 1);
    }
    return does;
  };

  const alignedDown = ({ at, moves }: Position, align: number): Position => {
    if (align === 1) return { at, moves };
    const page = at + (moves ? residue : 0);
    const over = remainder(page, align);
    if (moves) {
      from = Math.max(from, residue - over);
      to = Math.min(to, residue - over + align);
    }
    return { at: page - over, moves: false };
  };

  return {
    take(pages: number, align: number): Position {
      // An aligned mapping is given room for its alignment, too (mm/huge_memory.c).
      const room = align > 1 ? pages + align : pages;
      const index = gaps.findIndex((gap) => fits(gap, room));
      const gap = gaps[index];
      if (!gap) throw new RangeError(`no room for ${pages} pages`);
      const { end } = gap;
      const start = alignedDown({ at: end.at - pages, moves: end.moves }, align);
      gap.end = start;
      if (align > 1) gaps.splice(index, 0, { start: { ...start, at: start.at + pages }, end });
      return start;
    },
    give(start: Position, pages: number): void {
      const page = ({ at, moves }: Position) => at + (moves ? residue : 0);
      const below = gaps.findIndex((gap) => page(gap.start) < page(start));
      const freed = { start, end: { ...start, at: start.at + pages } };
      gaps.splice(below < 0 ? gaps.length : below, 0, freed);
    },
    range: () => ({ from, to }),
  };
}

/** Of the division that rounds down. */
const remainder = (n: number, by: number): number => n - Math.floor(n / by) * by;
