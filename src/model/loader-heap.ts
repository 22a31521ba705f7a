import type { Binary } from '../binary/binary.js';
import type { LoaderHeap } from '../system/c-library.js';
import { hasGaps, loadSegments, slackAfterBss } from './load-segments.js';
import { type LoaderArea, type MinimalMalloc, minimalMalloc } from './minimal-malloc.js';
import type { LoadedObject, Program } from './program.js';
import { roundUp } from './round-up.js';
import { type Runs, run, union } from './runs.js';
import { type Searched, searchPaths } from './search-paths.js';
import { staticTls, threadLocal } from './static-tls.js';

/** Bytes of a pointer: sizes here, and those of `LoaderHeap`, are of x86-64. */
const WORD = 8;

/** What glibc's loader maps for itself while it loads a program: what it asks its own malloc for, in this order. */
export function loaderAreas(
  { path, binary, interpreter, libraries }: Program,
  heap: LoaderHeap,
  pageSize: number,
): readonly LoaderArea[] {
  if (!interpreter) return [];
  const malloc = minimalMalloc(slackAfterBss(interpreter.binary, pageSize), pageSize);
  const search = searchPaths(malloc, heap);
  const loaded = [binary, ...libraries.map((library) => library.binary)];
  takeForProgram(malloc, heap);
  search({ dynamic: binary.dynamic, name: '', origin: directoryOf(path) });
  takeForLibraries(malloc, loaded, libraries, heap, search);
  takeForVersions(malloc, [...loaded, interpreter.binary], heap);
  takeForThread(malloc, loaded, heap);
  takeForUniqueSymbols(malloc, loaded, heap);
  // All but the program, and vdso and loader; of a program with gaps each segment (elf/dl-find_object.c).
  const parts = hasGaps(binary, pageSize) ? loadSegments(binary).length : 0;
  malloc.take(heap.perFoundObject * (loaded.length + 1 + parts));
  return malloc.areas;
}

/** The link_map of the program and the vdso's, and the search paths (elf/dl-load.c, _dl_init_paths). */
function takeForProgram({ take }: MinimalMalloc, heap: LoaderHeap): void {
  for (let i = 0; i < 2; i++) take(heap.perObject + heap.auditing + 1); // neither has a name
  for (const bytes of heap.searchPaths) take(bytes);
}

/** Its path, link_map and origin. */
function takeForLibrary(
  { take }: MinimalMalloc,
  { name, path, openedAs = path }: LoadedObject,
  heap: LoaderHeap,
): void {
  const pathBytes = lengthOf(openedAs) + 1;
  take(pathBytes);
  take(heap.perObject + lengthOf(name) + 1);
  take(pathBytes);
}

/**
 * Breadth-first, what each object needs and nobody had needed before, and then, of a library, the list of that; in the
 * end the list of all: program, libraries, loader (elf/dl-deps.c). A library's own path is looked at for the first of
 * them.
 */
function takeForLibraries(
  malloc: MinimalMalloc,
  loaded: readonly Binary[],
  libraries: readonly LoadedObject[],
  heap: LoaderHeap,
  search: (searched: Searched) => void,
): void {
  malloc.mapped = 0;
  loaded.forEach(({ dynamic }, index) => {
    const needed = dynamic?.needed ?? [];
    const isLast = index === loaded.length - 1;
    const asking = libraries[index - 1]; // the program's path is known by now
    let searches = asking !== undefined;
    for (let library = libraries[malloc.mapped]; library; library = libraries[++malloc.mapped]) {
      if (!isLast && !needed.includes(library.name)) break;
      if (asking && searches && !library.name.includes('/')) {
        const { path, openedAs: name = path } = asking;
        search({ dynamic, name, origin: directoryOf(name) });
        searches = false;
      }
      takeForLibrary(malloc, library, heap);
    }
    if (index > 0) malloc.take(WORD * (2 * needed.length + 3));
  });
  malloc.take(WORD * (2 * (loaded.length + 1) + 1));
}

/** Tables of symbol versions: the vdso's, and those of each object that has any (elf/dl-version.c). */
function takeForVersions(
  { take }: MinimalMalloc,
  objects: readonly Binary[],
  { perVersion, vdsoVersionIndex }: LoaderHeap,
): void {
  take(perVersion * (vdsoVersionIndex + 1));
  for (const { dynamic } of objects) {
    if (dynamic?.versionIndex !== undefined) take(perVersion * (dynamic.versionIndex + 1));
  }
}

/** The list of modules with TLS, that of all with the thread's block, and its vector (elf/rtld.c, init_tls). */
function takeForThread({ take }: MinimalMalloc, loaded: readonly Binary[], heap: LoaderHeap): void {
  const modules = loaded.map(threadLocal).filter((module) => module !== undefined);
  const slots = modules.length + heap.slots;
  take(heap.perSlot * (slots + 1), run(0, heap.perSlot * (modules.length + 1)));
  const { bytes, written, align } = threadStorage(modules, heap);
  const area = take(bytes, written, align);
  if (area) area.hasThread = true;
  const entries = modules.length + heap.vectorSurplus;
  take(heap.perVectorEntry * entries, run(0, heap.perVectorEntry * (modules.length + 2)));
}

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

/**
 * The table of symbols that are unique in a process (STB_GNU_UNIQUE), made anew as it grows while objects are
 * relocated.
 */
function takeForUniqueSymbols(
  { take }: MinimalMalloc,
  loaded: readonly Binary[],
  { perUniqueSymbol }: LoaderHeap,
): void {
  const symbols = loaded.reduce((n, { dynamic }) => n + (dynamic?.uniqueReferences ?? 0), 0);
  for (const entries of uniqueTables(symbols)) take(perUniqueSymbol * entries);
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

const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Names are mostly ASCII; where one is not, this counts a little less than its bytes. */
const lengthOf = (name: string): number => name.length;
