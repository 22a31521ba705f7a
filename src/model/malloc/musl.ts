import * as l10n from '@vscode/l10n';
import { roundUp } from '../round-up.js';
import { coarsen, NO_RUNS, run, union } from '../runs.js';
import { type Area, type HeapUse, type NamedArea, NO_AREA, type Requests } from './heap-use.js';

// musl 1.2.3: src/malloc/lite_malloc.c, src/malloc/mallocng/.
const UNIT = 16;
/** Bytes mallocng keeps with each allocation (IB). */
const IN_BAND = 4;
/** Requests from this size on get a mapping of their own. */
const MMAP_THRESHOLD = 131052;

const NOTHING_ASKED: HeapUse = { brk: NO_AREA, mapped: [], quality: 'exact', detail: undefined };

/**
 * A static program's heap. Without free() the linker takes a malloc that only moves a pointer and
 * the break; with it, mallocng. Which one is in its symbols; where those are gone, mallocng is assumed.
 */
export function muslStaticHeap(requests: Requests): HeapUse {
  if (!requests.sizes || requests.sizes.length === 0) return NOTHING_ASKED;
  if (requests.linksFree === false) return pointerHeap(requests);
  const heap = groups(requests, 0);
  return {
    brk: META,
    mapped: heap,
    quality: 'guess',
    detail:
      requests.linksFree === undefined
        ? l10n.t('mallocng assumed: no symbol says whether free() is linked')
        : l10n.t('a page of records behind a guard page, and groups'),
  };
}

/**
 * A dynamic program's heap: the loader gives malloc the unused ends of writable pages, which costs a
 * page of records and serves small requests for nothing.
 */
export function muslDynamicHeap(requests: Requests): HeapUse {
  return {
    brk: META,
    mapped: groups(requests, requests.slack),
    quality: requests.sizes?.length ? 'guess' : 'floor',
    detail: l10n.t('a page of records; small requests come out of the ends of data pages'),
  };
}

/** alloc_meta: a guard page and a page of group records at the break. */
const META: Area = { pages: 2, guard: 1, written: [1, 2], used: undefined };

/** Bump allocation: the break moves by whole pages, and nothing is written but by the program. */
function pointerHeap({ sizes = [], written, pageSize }: Requests): HeapUse {
  let top = 0;
  const used = sizes.map((size) => {
    const align = Math.min(UNIT, 2 ** Math.ceil(Math.log2(Math.max(1, size))));
    const at = roundUp(top, align);
    top = at + size;
    return run(at, size);
  });
  const bytes = union(...used);
  return {
    brk: {
      pages: Math.ceil(top / pageSize),
      guard: 0,
      written: written ? coarsen(bytes, pageSize) : NO_RUNS,
      used: bytes,
    },
    mapped: [],
    quality: 'exact',
    detail: l10n.t('the malloc without free(): a pointer and the break'),
  };
}

/** What does not fit in `slack`: one mapping for the small requests, one for each large one. */
function groups({ sizes = [], written, pageSize }: Requests, slack: number): NamedArea[] {
  const small = sizes.filter((size) => size < MMAP_THRESHOLD);
  const large = sizes.filter((size) => size >= MMAP_THRESHOLD);
  const bytes = small.reduce((sum, size) => sum + roundUp(size + IN_BAND, UNIT), 0);
  const areas = large.map((size, i) =>
    area(`malloc-mapped-${i}`, l10n.t('A large allocation'), size, written, pageSize),
  );
  if (bytes <= slack) return areas;
  return [
    area('malloc-groups', l10n.t('Groups of allocations'), bytes - slack, written, pageSize),
    ...areas,
  ];
}

/** A group's header is written when it is made, the rest by the program. */
function area(
  id: string,
  label: string,
  bytes: number,
  written: boolean,
  pageSize: number,
): NamedArea {
  const used = run(UNIT, bytes);
  const pages = Math.ceil((bytes + UNIT) / pageSize);
  return { id, label, pages, guard: 0, written: run(0, written ? pages : 1), used };
}
