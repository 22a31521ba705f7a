import * as l10n from '@vscode/l10n';
import { coarsen, type Runs, run, union } from '../runs.js';
import { type HeapUse, NO_AREA, type Requests } from './heap-use.js';

// FreeBSD 4.8, lib/libc/stdlib/malloc.c.
const MIN_SHIFT = 4; // smallest class: 16 bytes
const MAX_CLASS = 2048; // malloc_maxsize: half a page
/** malloc_init allocates the first entry of its cache of free pages, struct pgfree, from itself. */
const OWN_REQUEST = 20;
/** Bytes of struct pginfo before its bitmap, and bits of a word of that. */
const PAGE_INFO = 16;
const BITS = 32;
/** Entries of four bytes in one page of the page directory, one for each page of heap. */
const DIRECTORY_ENTRIES = 1024;

interface Class {
  /** Heap page of this class with room, and the next free chunk in it. */
  page: number;
  next: number;
}

/**
 * phkmalloc: chunks are powers of two, a page holds one class, the first chunk of a class takes a
 * page. The page's record lies in the page itself where chunks are small, else in a chunk of another
 * class, so that only pages of small classes are written by malloc. A page directory is mapped.
 */
export function phkmalloc({ sizes, written, pageSize }: Requests): HeapUse {
  if (!sizes || sizes.length === 0) {
    return { brk: NO_AREA, mapped: [], quality: 'exact', detail: undefined };
  }
  const classes = new Map<number, Class>();
  const own: Runs[] = []; // bytes malloc itself writes
  const asked: Runs[] = []; // bytes handed out
  const opened: number[] = [];
  let pages = 0;

  const openPage = (shift: number): Class => {
    const page = pages++;
    opened.push(1 << shift);
    const chunks = pageSize >> shift;
    const record = PAGE_INFO + 4 * Math.ceil(chunks / BITS);
    const inPage = 1 << shift <= 2 * record;
    const opening = { page, next: inPage ? Math.ceil(record / (1 << shift)) : 0 };
    classes.set(shift, opening);
    own.push(inPage ? run(page * pageSize, record) : chunk(record));
    return opening;
  };
  const chunk = (size: number): Runs => {
    const shift = Math.max(MIN_SHIFT, Math.ceil(Math.log2(size)));
    let open = classes.get(shift);
    if (!open || open.next >= pageSize >> shift) open = openPage(shift);
    const at = open.page * pageSize + (open.next++ << shift);
    return run(at, size);
  };
  const whole = (size: number): Runs => {
    const at = pages * pageSize;
    pages += Math.ceil(size / pageSize);
    return run(at, size);
  };

  own.push(chunk(OWN_REQUEST));
  for (const size of sizes) asked.push(size > MAX_CLASS ? whole(size) : chunk(Math.max(1, size)));
  const used = union(...asked);
  const directory = Math.ceil(pages / DIRECTORY_ENTRIES);
  return {
    brk: {
      pages,
      guard: 0,
      written: coarsen(written ? union(...own, used) : union(...own), pageSize),
      used,
    },
    mapped: [
      {
        id: 'malloc-directory',
        label: l10n.t('malloc’s page directory'),
        pages: directory,
        guard: 0,
        written: run(0, directory),
        used: undefined,
      },
    ],
    quality: 'exact',
    detail: l10n.t('a page for each class: {0} bytes', opened.join(', ')),
  };
}
