import type { Machine } from '../binary/binary.js';
import type { Geometry } from './geometry.js';

/**
 * A kernel on a machine, as data: everything the model needs to know of it. Adding a system is
 * adding one of these to `SYSTEMS`; the model does not change. A number nobody measured or sourced
 * is `undefined`, never zero.
 */
export interface System {
  readonly id: string;
  /** For people: kernel, version, machine. */
  readonly name: string;
  readonly machine: Machine;
  readonly class: 32 | 64;
  readonly geometry: Geometry;
  readonly addressSpace: LinuxAddressSpace | FreeBsdAddressSpace;
  readonly kernel: MeasuredKernel | PartlyKnownKernel;
  /** Whether `ps` adds page-table pages (not the top one) to a process's RSS. */
  readonly residentCountsTables: boolean;
}

/** Where Linux puts what, in page numbers and pages of the system's page size. */
export interface LinuxAddressSpace {
  readonly kind: 'linux';
  /** First page above what a process gets without asking for more: the stack ends there. */
  readonly taskEnd: number;
  /** What the stack may grow to: RLIMIT_STACK. */
  readonly stackLimit: number;
  /** Gap kept below the stack's end for it to grow, without and with randomisation. */
  readonly mmapGap: number;
  readonly mmapGapRandomised: number;
  /** Base of position-independent programs. */
  readonly pieBase: number;
  /** Where the heap of a static position-independent program begins. */
  readonly staticPieHeap: number;
  /** Number of positions, a page apart, that randomisation chooses from. */
  readonly random: {
    readonly stack: number;
    readonly mmap: number;
    readonly pie: number;
    readonly heap: number;
  };
  /** Randomisation lowers the stack pointer by fewer bytes than this. */
  readonly stackGapBytes: number;
  /** Entries of the auxiliary vector, the last one with them; each is two words. */
  readonly auxiliaryEntries: number;
  /**
   * Pages the kernel maps into every process, in the order they lie in memory, lowest first. They lie
   * in the mmap area, below the dynamic loader. Undefined where their number is not known.
   */
  readonly vdso: readonly { readonly name: string; readonly pages: number }[] | undefined;
  /** Pages of the stack's region at the start of a process whose strings fit in one of them. */
  readonly stackPages: number;
  /** A mapping of at least this many pages is aligned to as many; undefined where none is. */
  readonly hugeAlign: number | undefined;
}

/** Where FreeBSD 4 puts what. */
export interface FreeBsdAddressSpace {
  readonly kind: 'freebsd';
  /** First page above the stack. */
  readonly stackEnd: number;
  /** Pages of the stack's initial map entry: reserved, not RAM. */
  readonly stackPages: number;
  /** What the stack may grow to. */
  readonly stackLimit: number;
  /** `mmap(0)` goes this many pages above the data segment's begin. */
  readonly mmapAboveData: number;
}

/** Bytes of slab the kernel really allocates for each object; SLUB's rounding is included. */
export interface MeasuredKernel {
  readonly kind: 'measured';
  readonly fixed: readonly KernelObject[];
  readonly perRegion: KernelObject;
  readonly perMapleNode: KernelObject;
  readonly perAnonVma: KernelObject;
  readonly perAnonVmaChain: KernelObject;
  readonly perMappedFile: KernelObject;
}

/** A kernel of whose objects only some have a source. */
export interface PartlyKnownKernel {
  readonly kind: 'partly-known';
  /** Whole pages, from the kernel's sources. */
  readonly fixed: readonly KernelObject[];
  /** What exists besides: a name for it, and a sentence for people. */
  readonly unknown: { readonly label: string; readonly why: string };
}

export interface KernelObject {
  readonly id: string;
  readonly label: string;
  readonly bytes: number;
}
