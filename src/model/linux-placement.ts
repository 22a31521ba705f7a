import type { LinuxAddressSpace } from '../system/system.js';
import type { Block, Placed } from './mapping.js';
import type { Draws, Process } from './process.js';
import { remembered } from './remembered.js';
import { STACK_VARIANTS } from './stack.js';

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
  /** The stack in one of `STACK_VARIANTS`. */
  readonly stack: (variant: number) => Block;
}

/** Where Linux puts a process's blocks (fs/binfmt_elf.c, arch/x86/mm/mmap.c, mm/mmap.c). */
export function linuxPlacement(image: LinuxImage, space: LinuxAddressSpace): Process['place'] {
  const items = image.place === 'mmap' ? [programItem(image), ...image.mmap] : image.mmap;
  // Below the mmap top everything moves together, but for what is aligned: few layouts to work out.
  const align = Math.max(...items.map((item) => item.align));
  const area = remembered((residue) => mmapArea(items, residue));

  return (draws) => {
    const { mmapTop } = tops(space, draws);
    return [
      ...outside(image, space, draws),
      ...area(mmapTop % align).map(({ block, base }) => ({ block, base: mmapTop + base })),
    ];
  };
}

const programItem = ({ program, align }: LinuxImage): MmapItem => ({
  block: program,
  align,
  when: 'start',
});

/** One of so many positions; the first without randomisation. */
const pick = (share: number | undefined, positions: number): number =>
  share === undefined ? 0 : Math.floor(share * positions);

/** First pages above the stack and above the mmap area. */
function tops(space: LinuxAddressSpace, draws: Draws): { stackTop: number; mmapTop: number } {
  const gap = draws ? space.mmapGapRandomised : space.mmapGap;
  return {
    stackTop: space.taskEnd - pick(draws?.stack, space.random.stack),
    mmapTop: space.taskEnd - gap - pick(draws?.mmap, space.random.mmap),
  };
}

/** What does not lie in the mmap area: stack, program, heap. */
function outside(image: LinuxImage, space: LinuxAddressSpace, draws: Draws): Placed[] {
  const stack = image.stack(pick(draws?.gap, STACK_VARIANTS));
  const placed: Placed[] = [{ block: stack, base: tops(space, draws).stackTop - stack.pages }];
  let heapBegin = space.staticPieHeap;
  if (image.place !== 'mmap') {
    const anywhere = space.pieBase + pick(draws?.pie, space.random.pie);
    const base = image.place === 'pie' ? anywhere - (anywhere % image.align) : image.linkedAt;
    placed.push({ block: image.program, base });
    heapBegin = base + image.program.pages;
  }
  if (image.heap) {
    placed.push({ block: image.heap, base: heapBegin + pick(draws?.heap, space.random.heap) });
  }
  return placed;
}

/** The mmap area when start-up is over, below a top of this residue; ascending, bases count from that top. */
function mmapArea(items: readonly MmapItem[], residue: number): readonly Placed[] {
  const top = ROOM + residue;
  const gaps = gapsBelow(top);
  const placed: Placed[] = [];
  const temporary: { start: number; end: number }[] = [];
  for (const { block, align, when } of items) {
    if (when === 'later') for (const { start, end } of temporary.splice(0)) gaps.give(start, end);
    if (block.pages === 0) continue;
    const at = gaps.take(block.pages, align);
    if (when === 'until-start') temporary.push({ start: at, end: at + block.pages });
    else placed.push({ block, base: at - top });
  }
  return placed.sort((a, b) => a.base - b.base);
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
      const index = gaps.findIndex(({ start, end }) => end - start >= room);
      if (index < 0) throw new RangeError(`no room for ${pages} pages`);
      const gap = gaps[index] as { start: number; end: number };
      const { end } = gap;
      const at = end - pages - ((end - pages) % align);
      gap.end = at;
      if (at + pages < end) gaps.splice(index, 0, { start: at + pages, end });
      return at;
    },
    give(start: number, end: number): void {
      const below = gaps.findIndex((gap) => gap.start < start);
      gaps.splice(below < 0 ? gaps.length : below, 0, { start, end });
    },
  };
}
