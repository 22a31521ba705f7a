import type { LoaderHeap } from '../system/c-library.js';
import { slackAfterBss } from './load-segments.js';
import type { Program } from './program.js';
import { roundUp } from './round-up.js';
import { eachRun, type Runs, run, union } from './runs.js';
import { staticTls, threadLocal } from './static-tls.js';

/** Anonymous memory that the dynamic loader maps for itself. */
export interface LoaderArea {
  /** Whether it holds the thread's block, with what is in front and behind. */
  readonly hasThread: boolean;
  /** How many libraries are mapped before it is; -1 where that is before any is looked for. */
  readonly after: number;
  readonly pages: number;
  /** Pages written, from its first one. */
  readonly written: Runs;
}

/** malloc's alignment (MALLOC_ALIGNMENT). */
const ALIGN = 16;

/**
 * What glibc's loader maps while it loads a program. Its malloc takes the end of the loader's own last page,
 * then what mmap gives it: pages for the request and one more, of which the rest serves the requests that
 * follow (elf/dl-minimal-malloc.c). It is asked, in this order, for: the program's link_map and the vdso's;
 * search paths; for each library its path, link_map and origin; lists of dependencies (elf/dl-deps.c) and
 * of symbol versions (elf/dl-version.c); what threads need (elf/rtld.c, init_tls); and while it relocates, of
 * symbols that are unique in a process (STB_GNU_UNIQUE). Left out are the RPATHs of libraries and what tokens in
 * one stand for.
 */
export function loaderAreas(
  { binary, interpreter, libraries }: Program,
  heap: LoaderHeap,
  pageSize: number,
): LoaderArea[] {
  if (!interpreter) return [];
  const areas: { hasThread: boolean; after: number; pages: number; written: number[] }[] = [];
  let after = -1;
  let room = pageSize;
  let top = pageSize - slackAfterBss(interpreter.binary, pageSize);
  /** All of what is asked for is written, or some of it, counted from the next multiple of `align`. */
  const take = (bytes: number, written: Runs = run(0, bytes), align = ALIGN) => {
    top = roundUp(top, ALIGN);
    if (top + bytes >= room) {
      const pages = Math.ceil(bytes / pageSize) + 1;
      areas.push({ hasThread: false, after, pages, written: [] });
      room = pages * pageSize;
      top = 0;
    }
    const area = areas.at(-1); // undefined in the loader's own page, which is written in any case
    const begin = roundUp(top, Math.min(align, pageSize)); // which of the pages is a multiple of more, chance tells
    if (area)
      eachRun(written, (from, to) => touch(area.written, begin + from, begin + to, pageSize));
    top += bytes;
    return area;
  };

  for (let i = 0; i < 2; i++) take(heap.perObject + heap.auditing + 1); // of the program and the vdso
  for (const bytes of heap.searchPaths) take(bytes);
  const ownPath = binary.dynamic?.runpath ?? binary.dynamic?.rpath;
  if (ownPath !== undefined) {
    const directories = ownPath.split(':');
    take(lengthOf(ownPath) + 1);
    take(WORD * (directories.length + 1));
    for (const directory of directories) {
      take(lengthOf(directory) + 1);
      take(lengthOf(directory) + heap.perDirectory);
    }
  }
  for (const { name, path, openedAs = path } of libraries) {
    after++;
    const pathBytes = lengthOf(openedAs) + 1;
    take(pathBytes);
    take(heap.perObject + lengthOf(name) + 1);
    take(pathBytes);
  }
  after = libraries.length;
  const loaded = libraries.map((library) => library.binary);
  for (const { dynamic } of loaded) take(WORD * (2 * (dynamic?.needed.length ?? 0) + 3));
  take(WORD * (2 * (libraries.length + 2) + 1)); // of all: program, libraries, loader
  take(heap.perVersion * (heap.vdsoVersionIndex + 1));
  for (const { dynamic } of [binary, ...loaded, interpreter.binary]) {
    if (dynamic?.versionIndex !== undefined) take(heap.perVersion * (dynamic.versionIndex + 1));
  }
  const modules = [binary, ...loaded].map(threadLocal).filter((module) => module !== undefined);
  const slots = modules.length + heap.slots;
  take(heap.perSlot * (slots + 1), run(0, heap.perSlot * (modules.length + 1)));
  const { bytes, written, align } = threadStorage(modules, heap);
  const area = take(bytes, written, align);
  if (area) area.hasThread = true;
  const entries = modules.length + heap.vectorSurplus;
  take(heap.perVectorEntry * entries, run(0, heap.perVectorEntry * (modules.length + 2)));
  const unique = [binary, ...loaded].reduce(
    (n, { dynamic }) => n + (dynamic?.uniqueReferences ?? 0),
    0,
  );
  for (const entries of uniqueTables(unique)) take(heap.perUniqueSymbol * entries);
  take(heap.perFoundObject * (libraries.length + 2)); // vdso and loader
  return areas;
}

/** Entries of that table as it grows: prime numbers below powers of two (elf/dl-misc.c). */
const UNIQUE_TABLES = [31, 61, 127, 251, 509, 1021, 2039, 4093, 8191, 16381, 32749, 65521];

/**
 * Entries of each table that is allocated for so many symbols: the next one where a further symbol finds three
 * quarters in use (do_lookup_unique in elf/dl-lookup.c); none is freed. A symbol of two objects counts twice.
 */
function uniqueTables(symbols: number): readonly number[] {
  if (symbols === 0) return [];
  const last = UNIQUE_TABLES.findIndex((entries) => 4 * (symbols - 1) < 3 * entries);
  return last < 0 ? UNIQUE_TABLES : UNIQUE_TABLES.slice(0, last + 1);
}

/** Adds the pages of some bytes to runs that end at none behind them. */
function touch(runs: number[], start: number, end: number, pageSize: number): void {
  const first = Math.floor(start / pageSize);
  const beyond = Math.ceil(end / pageSize);
  if (first <= (runs.at(-1) ?? -1)) runs[runs.length - 1] = beyond;
  else runs.push(first, beyond);
}

/** Bytes of a pointer: the sizes above are those of x86-64. */
const WORD = 8;

/** Names are mostly ASCII; where one is not, this counts a little less than its bytes. */
const lengthOf = (name: string): number => name.length;

/**
 * _dl_allocate_tls_storage: surplus, the modules' blocks, the thread's; and room to align them. Written are the
 * blocks, whole (_dl_allocate_tls_init), and not what their alignment leaves between them.
 */
function threadStorage(
  modules: Parameters<typeof staticTls>[0],
  { tlsSurplus, threadBlock, threadAlign }: LoaderHeap,
): { bytes: number; written: Runs; align: number } {
  const { offsets, used, align } = staticTls(modules, threadAlign);
  const front = roundUp(used + tlsSurplus, align);
  const blocks = modules.map(({ memorySize }, i) =>
    run(front - (offsets[i] as number), Number(memorySize)),
  );
  const written = union(...blocks, run(front, threadBlock));
  return { bytes: front + threadBlock + align + WORD, written, align };
}
