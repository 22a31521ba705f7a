import { type Cluster, joined, touchedOf } from './cluster.js';
import type { Block } from './mapping.js';
import { remembered } from './remembered.js';

/** A block that goes where mmap finds room, from the top down. */
export interface MmapItem {
  readonly block: Block;
  /** Pages its address is a multiple of. */
  readonly align: number;
  /** During start-up, during it only, or when it is over and what was temporary is gone. */
  readonly when: 'start' | 'until-start' | 'later';
}

/**
 * The mmap area when start-up is over, by the page above it, which is its base. With that page
 * everything moves, but for what is aligned: there are as many layouts as the largest alignment has pages.
 *
 * @param perTable pages that a table of the lowest level maps
 */
export function mmapArea(items: readonly MmapItem[], perTable: number): (top: number) => Cluster {
  const touched = items.map(({ block }) => touchedOf(block, perTable));
  const align = Math.max(1, ...items.map((item) => item.align));
  const layout = remembered((residue: number): Cluster => {
    const { order, starts } = layOut(items, residue);
    return {
      blocks: order.map((i) => (items[i] as MmapItem).block),
      starts,
      touched: joined(touched, order, starts, perTable),
    };
  });
  return (top) => layout(top % align);
}

/** The items that stay, by ascending page, and how far below a top of this residue each begins. */
function layOut(items: readonly MmapItem[], residue: number) {
  const top = ROOM + residue;
  const gaps = gapsBelow(top);
  const starts: number[] = [];
  const order: number[] = [];
  let temporary: { start: number; end: number }[] = [];
  items.forEach(({ block: { pages }, align, when }, i) => {
    if (when === 'later') {
      for (const { start, end } of temporary) gaps.give(start, end);
      temporary = [];
    }
    if (pages === 0) return;
    const at = gaps.take(pages, align);
    starts[i] = at - top;
    if (when === 'until-start') temporary.push({ start: at, end: at + pages });
    else insert(order, i, starts);
  });
  order.reverse();
  return { order, starts: order.map((i) => starts[i] as number) };
}

/** Keeps the order descending: most go below all those before. */
function insert(order: number[], item: number, starts: readonly number[]): void {
  let at = order.length;
  for (; at > 0; at--) {
    const above = order[at - 1] as number;
    if ((starts[above] as number) > (starts[item] as number)) break;
    order[at] = above;
  }
  order[at] = item;
}

/**
 * Pages below a top that stands for the real one: more than any program can ask for, and a multiple of
 * any alignment that is not refused. What is too much for the real one is found when it is placed.
 */
const ROOM = 2 ** 51;

/** Free address space below `top`, from which mmap takes the highest gap that fits. */
function gapsBelow(top: number) {
  // Highest first; the last one is the rest of the address space.
  const gaps = [{ start: 0, end: top }];
  return {
    take(pages: number, align: number): number {
      // An aligned mapping is given room for its alignment, too (mm/huge_memory.c).
      const room = align > 1 ? pages + align : pages;
      for (let index = 0; index < gaps.length; index++) {
        const gap = gaps[index] as { start: number; end: number };
        const { start, end } = gap;
        if (end - start < room) continue;
        const at = end - pages - (align > 1 ? (end - pages) % align : 0);
        gap.end = at;
        if (at + pages < end) gaps.splice(index, 0, { start: at + pages, end });
        return at;
      }
      throw new RangeError(`no room for ${pages} pages`);
    },
    give(start: number, end: number): void {
      const below = gaps.findIndex((gap) => gap.start < start);
      gaps.splice(below < 0 ? gaps.length : below, 0, { start, end });
    },
  };
}
