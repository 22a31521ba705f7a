import type { LinuxAddressSpace } from '../system/system.js';
import type { Block, Placed } from './mapping.js';
import { type MmapItem, mmapArea } from './mmap-area.js';
import type { Draws, Process } from './process.js';
import { STACK_VARIANTS } from './stack.js';

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

/** Where Linux puts a process's blocks (fs/binfmt_elf.c, arch/x86/mm/mmap.c, mm/mmap.c): ascending. */
export function linuxPlacement(image: LinuxImage, space: LinuxAddressSpace): Process['place'] {
  const area =
    image.place === 'mmap'
      ? mmapArea([programItem(image), ...image.mmap], 1)
      : mmapArea(image.mmap, 0);
  return (draws) => {
    const { stackTop, mmapTop } = tops(space, draws);
    const stack = image.stack(pick(draws?.gap, STACK_VARIANTS));
    return [
      ...programAndHeap(image, space, draws),
      ...area(mmapTop),
      { block: stack, base: stackTop - stack.pages },
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

/** What does not lie in the mmap area, but for the stack. */
function programAndHeap(image: LinuxImage, space: LinuxAddressSpace, draws: Draws): Placed[] {
  const placed: Placed[] = [];
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
