import type { Segment } from '../../binary/binary.js';
import type { Quality } from '../cost.js';
import type { LoaderStep, TlsMemory } from '../musl-loader.js';
import { NO_RUNS, type Runs } from '../runs.js';

/** Memory an allocator took in one piece: pages, and what of them is in use. */
export interface Area {
  readonly pages: number;
  /** Pages without access that are part of the piece, at its begin. */
  readonly guard: number;
  /** Pages written, by the allocator itself or by the program; counted from the piece's first page. */
  readonly written: Runs;
  /**
   * Bytes handed out to the program, counted from the piece's first byte; undefined of a piece that the allocator
   * has for itself, or start-up.
   */
  readonly used: Runs | undefined;
}

export interface NamedArea extends Area {
  readonly id: string;
  readonly label: string;
}

/** What a series of malloc requests makes of a process. */
export interface HeapUse {
  /** What was taken by moving the break, as one piece. */
  readonly brk: Area;
  /** What was mapped besides, in the order it was. */
  readonly mapped: readonly NamedArea[];
  /** What start-up had it map for the thread's block and TLS, with musl: a row of its own. */
  readonly tls?: readonly Area[];
  readonly quality: Quality;
  /** Why so much, in a few words. */
  readonly detail: string | undefined;
}

/** Where nothing was taken. */
export const NO_AREA: Area = { pages: 0, guard: 0, written: NO_RUNS, used: NO_RUNS };

export const NO_HEAP: HeapUse = {
  brk: NO_AREA,
  mapped: [],
  quality: 'exact',
  detail: undefined,
};

/** Requests to an allocator, and what it needs to know besides. */
export interface Requests {
  /** Sizes in bytes, in order; undefined where nobody said. */
  readonly sizes: readonly number[] | undefined;
  /** Sizes of what libraries ask for before, and write next to nothing of. */
  readonly startUp: readonly number[];
  /** Whether the program writes what it gets. */
  readonly written: boolean;
  readonly pageSize: number;
  /** Bytes of a pointer. */
  readonly wordSize: number;
  /** What the loader gave to malloc and asked of it before, with musl. */
  readonly loader: readonly LoaderStep[];
  /** What it asked then for the thread's block and TLS. */
  readonly tls: TlsMemory | undefined;
  /** The program's PT_TLS, for whom the thread's block is on the heap. */
  readonly threadLocal: Pick<Segment, 'fileSize' | 'memorySize' | 'align'> | undefined;
  /** Whether the program has free(): undefined where its symbols do not tell. */
  readonly linksFree: boolean | undefined;
}
