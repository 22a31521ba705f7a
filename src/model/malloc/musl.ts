import * as l10n from '@vscode/l10n';
import { roundUp } from '../round-up.js';
import { coarsen, NO_RUNS, type Runs, run, shift, union } from '../runs.js';
import { type HeapUse, type NamedArea, NO_HEAP, type Requests } from './heap-use.js';
import { type Mallocng, mallocng } from './mallocng.js';

// musl 1.2.3: src/malloc/lite_malloc.c, src/malloc/mallocng/.
const UNIT = 16;

/**
 * A static program's heap. Without free() the linker takes a malloc that only moves a pointer and
 * the break; with it, mallocng. Which one is in its symbols; where those are gone, mallocng is assumed.
 */
export function muslStaticHeap(requests: Requests): HeapUse {
  if (!requests.sizes || requests.sizes.length === 0) return NO_HEAP;
  if (requests.linksFree === false) return pointerHeap(requests);
  return {
    ...mallocngHeap(requests),
    quality: requests.linksFree === undefined ? 'guess' : 'floor',
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
export const muslDynamicHeap = (requests: Requests): HeapUse => ({
  ...mallocngHeap(requests),
  quality: 'floor',
  detail: l10n.t('a page of records; small requests come out of the ends of data pages'),
});

/** What the loader, libraries and the program ask for, in this order, after what the loader gave. */
function mallocngHeap({ sizes = [], startUp, loader, tls, written, pageSize }: Requests): HeapUse {
  const malloc = mallocng(pageSize);
  for (const step of loader) {
    if ('given' in step) malloc.donate(step.given);
    else malloc.malloc(step.asked, run(0, step.asked));
  }
  const before = malloc.mapped().length;
  if (tls) malloc.malloc(tls.bytes, tls.written);
  const after = malloc.mapped().length;
  for (const size of startUp) malloc.malloc(size, NO_RUNS);
  for (const size of sizes) malloc.malloc(size, written ? run(0, size) : NO_RUNS);
  const mapped = malloc.mapped();
  const others = mapped.toSpliced(before, after - before);
  const pages = malloc.recordPages();
  return {
    brk: { pages: 1 + pages, guard: 1, written: run(1, pages), used: undefined },
    mapped: [...groups(others, pageSize), ...large(others)],
    tls: mapped.slice(before, after).map((area) => ({ ...area, guard: 0 })),
    quality: 'floor',
    detail: undefined,
  };
}

type Mapped = ReturnType<Mallocng['mapped']>[number];

/** All groups as one piece: each is mapped below the one before. */
function groups(mapped: readonly Mapped[], pageSize: number): NamedArea[] {
  const all = mapped.filter(({ isLarge }) => !isLarge);
  const pages = all.reduce((sum, of) => sum + of.pages, 0);
  if (pages === 0) return [];
  let start = pages;
  const written: Runs[] = [];
  const used: Runs[] = [];
  for (const of of all) {
    start -= of.pages;
    written.push(shift(of.written, start));
    used.push(shift(of.used, start * pageSize));
  }
  const label = l10n.t('Groups of allocations');
  return [
    {
      id: 'malloc-groups',
      label,
      pages,
      guard: 0,
      written: union(...written),
      used: union(...used),
    },
  ];
}

const large = (mapped: readonly Mapped[]): NamedArea[] =>
  mapped
    .filter(({ isLarge }) => isLarge)
    .map(({ pages, written, used }, i) => ({
      id: `malloc-mapped-${i}`,
      label: l10n.t('A large allocation'),
      pages,
      guard: 0,
      written,
      used,
    }));

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
