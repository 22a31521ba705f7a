import * as l10n from '@vscode/l10n';
import type { Allocator, CLibrary } from '../system/c-library.js';
import { glibcHeap, glibcStaticHeap } from './malloc/glibc.js';
import { type HeapUse, NO_HEAP, type Requests } from './malloc/heap-use.js';
import { muslDynamicHeap, muslStaticHeap } from './malloc/musl.js';
import { phkmalloc } from './malloc/phkmalloc.js';
import { anonymous, type Mapping, withGuard } from './mapping.js';
import { muslLoaderSteps, muslTls } from './musl-loader.js';
import { isCLibrary, isCxxLibrary, type Program } from './program.js';
import { HEAP_ROW } from './row-ids.js';
import { threadLocal } from './static-tls.js';
import type { Workload } from './workload.js';

/** What each allocator makes of a series of requests. */
const ALLOCATORS: Readonly<Record<Allocator, (requests: Requests) => HeapUse>> = {
  phkmalloc,
  glibc: glibcHeap,
  'glibc-static': glibcStaticHeap,
  'musl-static': muslStaticHeap,
  'musl-dynamic': muslDynamicHeap,
  // Not known on this machine: what is missing is part of the ledger's row for the C library.
  unknown: () => NO_HEAP,
  none: () => NO_HEAP,
};

/** What a program's malloc makes of the workload's requests. */
export function heapUse(
  program: Program,
  { allocator }: CLibrary,
  workload: Workload,
  pageSize: number,
): HeapUse {
  const { binary } = program;
  if (workload.heap === undefined && lacksMalloc(program, allocator)) return NO_HEAP;
  const isMuslDynamic = allocator === 'musl-dynamic';
  return ALLOCATORS[allocator]({
    sizes: workload.heap,
    startUp: libraryRequests(program),
    written: workload.heapWritten,
    pageSize,
    wordSize: binary.class / 8,
    loader: isMuslDynamic ? muslLoaderSteps(program, pageSize) : [],
    tls: isMuslDynamic ? muslTls(program, true) : undefined,
    threadLocal: threadLocal(binary),
    linksFree: binary.linksFree,
  });
}

/**
 * Bytes that libstdc++ sets aside as it starts, for exceptions when there is no more memory: 64 of
 * 1,024 bytes and their headers (libsupc++/eh_alloc.cc of GCC 5 to 12; a little more since).
 * Smaller ones on 32-bit machines are left out.
 */
const EXCEPTION_POOL = 72_704;

const libraryRequests = ({ binary, libraries }: Program): readonly number[] =>
  binary.class === 64 &&
  (binary.linksExceptionPool || libraries.some(({ name }) => isCxxLibrary(name)))
    ? [EXCEPTION_POOL]
    : [];

/**
 * glibc's loader starts programs that do not load glibc, too, such as Go's position-independent ones. The loader's
 * own malloc is another.
 */
const lacksMalloc = ({ libraries, missing }: Program, allocator: Allocator): boolean =>
  allocator === 'glibc' && ![...libraries, ...missing].some(({ name }) => isCLibrary(name));

/** The region that was made by moving the break, with its guard pages; none where nothing was taken. */
export const brkMappings = ({ brk, quality, detail }: HeapUse): Mapping[] =>
  brk.pages === 0
    ? []
    : withGuard(
        anonymous(HEAP_ROW, l10n.t('Heap'), 'heap', brk, { rule: 'heap', quality, detail }),
        brk.guard,
      );

/** The regions that were mapped besides, in their order. */
export const mappedByMalloc = ({ mapped, quality }: HeapUse): Mapping[] =>
  mapped.map((area) =>
    anonymous(area.id, area.label, 'allocator', area, { rule: 'heap', quality, detail: undefined }),
  );
