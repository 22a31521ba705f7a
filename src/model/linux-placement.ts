import type { LinuxAddressSpace } from '../system/system.js';
import { type Cluster, clusterOf, touchedAlways } from './cluster.js';
import type { LinuxStack, StackVariant } from './linux-stack.js';
import type { Block } from './mapping.js';
import { memoized } from './memoized.js';
import { mmapArea } from './mmap-area.js';
import type { MmapItem } from './mmap-arrangement.js';
import { unmappedWithin } from './object-mappings.js';
import { type Placements, placementsIn } from './placements.js';
import { type Part, type Process, rigid } from './process.js';
import { run } from './runs.js';

/** A program's blocks, and what decides where each goes. */
export interface LinuxImage {
  readonly program: Block;
  /** First page of the program as linked. */
  readonly linkedAt: number;
  readonly place: 'as-linked' | 'pie' | 'mmap';
  /** Pages a position-independent program's base is a multiple of. */
  readonly align: number;
  /** Pages it is aligned to if it has as many, where it goes where mmap finds room; undefined where it is not. */
  readonly hugeAlign: number | undefined;
  readonly heap: Block | undefined;
  /** In the order they are mapped. */
  readonly mmap: readonly MmapItem[];
  readonly stacks: LinuxStack['variants'];
}

/**
 * Where Linux puts a process's blocks (fs/binfmt_elf.c, arch/x86/mm/mmap.c, mm/mmap.c).
 *
 * @param perTable pages that a table of the lowest level maps
 */
export function linuxPlacement(
  image: LinuxImage,
  space: LinuxAddressSpace,
  aslr: boolean,
  perTable: number,
): Pick<Process, 'placements' | 'parts'> {
  const drawn = placementsIn(space, aslr);
  const area = areaParts(space, aslr, perTable, ...areaItems(image));
  const parts = [...area, stackPart(image.stacks, drawn)];
  const bases = programBases(image, drawn);
  if (bases) parts.push(fixed(image.program, bases, perTable));
  if (image.heap) {
    parts.push(fixed(image.heap, heapBases(image.program, bases, drawn, space), perTable));
  }
  return { placements: drawn.count, parts };
}

/** A block that is the same in each placement. */
const fixed = (block: Block, bases: Float64Array, perTable: number): Part =>
  rigid(clusterOf([{ block, base: 0 }], perTable), bases);

/** Undefined of a program that goes where mmap finds room. */
function programBases({ place, linkedAt, align }: LinuxImage, { pieBase }: Placements) {
  if (place === 'mmap') return undefined;
  if (place === 'as-linked') return pieBase.map(() => linkedAt);
  return align === 1 ? pieBase : pieBase.map((page) => page - (page % align));
}

/** A loop: it is made for each program of a ranking, and `map` would make an object of each number. */
function heapBases(
  { pages }: Block,
  bases: Float64Array | undefined,
  { heapGap }: Placements,
  { staticPieHeap }: LinuxAddressSpace,
): Float64Array {
  const begins = new Float64Array(heapGap.length);
  for (let i = 0; i < begins.length; i++) {
    const end = bases ? (bases[i] as number) + pages : staticPieHeap;
    begins[i] = end + (heapGap[i] as number);
  }
  return begins;
}

const stackPart = memoized(
  (stacks: LinuxStack['variants'], { stackTop, stackVariant }: Placements): Part => {
    return {
      clusters: stacks.map(stackCluster),
      which: stackVariant,
      bases: stackTop.map((top, i) => top - (stacks[stackVariant[i] as number]?.pages ?? 0)),
    };
  },
);

/** What randomisation leaves between its strings and frames is two pages at most: for tables it is in use, too. */
function stackCluster({ pages, depth, block }: StackVariant): Cluster {
  return {
    blocks: () => [{ block: block(), base: 0 }],
    touched: touchedAlways(run(pages - depth, depth)),
  };
}

const areaItems = (image: LinuxImage): readonly MmapItem[] => {
  const { place, program, align, hugeAlign, mmap } = image;
  if (place !== 'mmap') return mmap;
  // Its file is mapped as any other; what lies between its segments is given back (elf_load).
  const huge = hugeAlign !== undefined && program.pages >= hugeAlign ? hugeAlign : 1;
  const holes = unmappedWithin(program.mappings);
  return [{ block: program, align: Math.max(align, huge), holes, when: 'start' }, ...mmap];
};

/** Many programs load the same libraries in the same order. */
const areaParts = memoized(
  (
    space: LinuxAddressSpace,
    aslr: boolean,
    perTable: number,
    ...items: readonly MmapItem[]
  ): readonly Part[] => mmapArea(items, placementsIn(space, aslr).mmapTop, perTable),
  Number.POSITIVE_INFINITY,
);
