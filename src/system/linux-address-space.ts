import { type Geometry, pagesPerTable } from './geometry.js';
import type { LinuxAddressSpace } from './system.js';

const KiB = 2 ** 10;
const MiB = 2 ** 20;

/** RLIMIT_STACK of a process nobody limited otherwise: _STK_LIM, include/uapi/linux/resource.h. */
const STACK_LIMIT = 8 * MiB;
/** stack_guard_gap, mm/mmap.c. */
const GUARD_PAGES = 256;
/** The least gap below the stack's end, and the largest share of the address space it may be. */
const LEAST_GAP = 128 * MiB;
const LARGEST_GAP = 5 / 6;
/** setup_arg_pages grows the stack by as much beyond what exec put there (fs/exec.c). */
const STACK_AT_START = 128 * KiB;

/** What of a machine and its kernel's configuration decides where things go; addresses in bytes. */
export interface LinuxLayout {
  /** STACK_TOP: DEFAULT_MAP_WINDOW where the machine has one, else TASK_SIZE. */
  readonly stackTop: number;
  /** ELF_ET_DYN_BASE. */
  readonly elfBase: number;
  /** Number of pages a stack is lowered by, from 0: STACK_RND_MASK + 1. */
  readonly stackPositions: number;
  /** vm.mmap_rnd_bits: ARCH_MMAP_RND_BITS_MIN, unless a distribution sets more. */
  readonly mmapRandomBits: number;
  /** Range of arch_randomize_brk. */
  readonly heapRange: number;
  /** Range of arch_align_stack. */
  readonly stackGapBytes: number;
  readonly auxiliaryEntries: number;
  readonly vdso: LinuxAddressSpace['vdso'];
  /** Whether large mappings are aligned to huge pages (__thp_get_unmapped_area: 64-bit only). */
  readonly alignsHuge: boolean;
}

/**
 * Where Linux puts a process's parts on a machine. The gap below the stack is reckoned alike in
 * mm/util.c and arch/x86/mm/mmap.c (mmap_base).
 */
export function linuxAddressSpace(
  { pageSize, levels }: Pick<Geometry, 'pageSize' | 'levels'>,
  layout: LinuxLayout,
): LinuxAddressSpace {
  const { stackTop, elfBase, stackPositions } = layout;
  const pages = (bytes: number) => Math.ceil(bytes / pageSize);
  const gap = (stackRange: number) => {
    const wanted = STACK_LIMIT + GUARD_PAGES * pageSize + stackRange;
    return pages(Math.min(Math.max(wanted, LEAST_GAP), stackTop * LARGEST_GAP));
  };
  return {
    kind: 'linux',
    taskEnd: stackTop / pageSize,
    stackLimit: pages(STACK_LIMIT),
    mmapGap: gap(0),
    mmapGapRandomised: gap((stackPositions - 1) * pageSize),
    pieBase: Math.floor(elfBase / pageSize),
    staticPieHeap: pages(elfBase), // fs/binfmt_elf.c moves the heap of a loader there
    random: {
      stack: stackPositions,
      mmap: 2 ** layout.mmapRandomBits,
      pie: 2 ** layout.mmapRandomBits, // arch_mmap_rnd serves both
      heap: pages(layout.heapRange),
    },
    stackGapBytes: layout.stackGapBytes,
    auxiliaryEntries: layout.auxiliaryEntries,
    vdso: layout.vdso,
    stackPages: pages(STACK_AT_START) + 1,
    hugeAlign: layout.alignsHuge ? pagesPerTable({ levels, pageSize }) : undefined,
  };
}

/** ELF_ET_DYN_BASE of 64-bit machines: two thirds of the default address space. */
export const twoThirds = (stackTop: number): number => Math.floor(stackTop / 3) * 2;
