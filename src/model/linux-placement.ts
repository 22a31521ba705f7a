import type { LinuxAddressSpace } from '../system/system.js';
import type { Block, Placed } from './mapping.js';
import type { Draws } from './process.js';
import { STACK_GAPS } from './stack.js';

/** A block that goes where mmap finds room, from the top down. */
export interface MmapItem {
  readonly block: Block;
  /** Pages its address is a multiple of. */
  readonly align: number;
  /** During start-up, during it only, or when it is over and what was temporary is gone. */
  readonly when: 'start' | 'until-start' | 'later';
}

/** A program's blocks, and what decides where each goes. */
export interface LinuxImage {
  readonly program: Block;
  /** First page of the program as linked. */
  readonly linkedAt: number;
  readonly place: 'as-linked' | 'pie' | 'mmap';
  /** Pages a position-independent program's base is a multiple of. */
  readonly align: number;
  readonly heap: Block | undefined;
  /** In the order they are mapped. */
  readonly mmap: readonly MmapItem[];
  /** The stack with one of `STACK_GAPS` gaps in it. */
  readonly stack: (gap: number) => Block;
}

/** Where Linux puts a process's blocks (fs/binfmt_elf.c, arch/x86/mm/mmap.c, mm/mmap.c). */
export function placeLinux(image: LinuxImage, space: LinuxAddressSpace, draws: Draws): Placed[] {
  const pick = (share: number | undefined, positions: number) =>
    share === undefined ? 0 : Math.floor(share * positions);
  const stack = image.stack(pick(draws?.gap, STACK_GAPS));
  const stackTop = space.taskEnd - pick(draws?.stack, space.random.stack);
  const mmapTop =
    space.taskEnd -
    (draws ? space.mmapGapRandomised : space.mmapGap) -
    pick(draws?.mmap, space.random.mmap);
  const gaps = gapsBelow(mmapTop);
  const placed: Placed[] = [{ block: stack, base: stackTop - stack.pages }];

  const programBase = (): number => {
    if (image.place === 'as-linked') return image.linkedAt;
    if (image.place === 'mmap') return gaps.take(image.program.pages, image.align);
    const base = space.pieBase + pick(draws?.pie, space.random.pie);
    return base - (base % image.align);
  };
  const base = programBase();
  placed.push({ block: image.program, base });

  if (image.heap) {
    const begin = image.place === 'mmap' ? space.staticPieHeap : base + image.program.pages;
    placed.push({ block: image.heap, base: begin + pick(draws?.heap, space.random.heap) });
  }
  const temporary: [number, number][] = [];
  for (const item of image.mmap) {
    if (item.when === 'later')
      for (const [start, end] of temporary.splice(0)) gaps.give(start, end);
    const { pages } = item.block;
    if (pages === 0) continue;
    const at = gaps.take(pages, item.align);
    if (item.when === 'until-start') temporary.push([at, at + pages]);
    else placed.push({ block: item.block, base: at });
  }
  return placed;
}

/** Free address space below `top`, from which mmap takes the highest gap that fits. */
function gapsBelow(top: number) {
  // Highest first; the last reaches down to the bottom of the address space.
  const gaps: [start: number, end: number][] = [[0, top]];
  return {
    take(pages: number, align: number): number {
      // An aligned mapping is given room for its alignment, too (mm/huge_memory.c).
      const room = align > 1 ? pages + align : pages;
      const index = gaps.findIndex(([start, end]) => end - start >= room);
      const [start, end] = gaps[index] ?? [0, top];
      const lowest = end - pages;
      const at = lowest - (lowest % align);
      const left: [number, number][] = [];
      if (at + pages < end) left.push([at + pages, end]);
      if (start < at) left.push([start, at]);
      gaps.splice(Math.max(0, index), 1, ...left);
      return at;
    },
    give(start: number, end: number): void {
      const below = gaps.findIndex(([from]) => from < start);
      gaps.splice(below < 0 ? gaps.length : below, 0, [start, end]);
    },
  };
}
