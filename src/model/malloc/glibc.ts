import * as l10n from '@vscode/l10n';
import { roundUp } from '../round-up.js';
import { coarsen, NO_RUNS, type Runs, run, union } from '../runs.js';
import { initialised } from '../static-tls.js';
import { type HeapUse, type NamedArea, NO_AREA, type Requests } from './heap-use.js';

// glibc 2.36, malloc/malloc.c.
const ALIGN = 16; // MALLOC_ALIGNMENT, on i386 too: sysdeps/i386/malloc-alignment.h
const TOP_PAD = 128 * 1024; // M_TOP_PAD
const MMAP_THRESHOLD = 128 * 1024; // M_MMAP_THRESHOLD, before it adapts
const BINS = 64; // of the tcache, each with a counter of two bytes and a pointer
/** Bytes before what a mapped chunk gives out: its header, moved up to be aligned. */
const MAPPED_HEADER = 16;

/** What depends on the size of a word (SIZE_SZ). */
const words = (wordSize: number) => ({
  /** The size field before what malloc returns, and where it lies in its chunk. */
  header: wordSize,
  minChunk: 4 * wordSize,
  /** Bytes left out at a heap's begin, so that what malloc returns is aligned. */
  front: ALIGN - 2 * wordSize,
  /** A chunk with room for so many bytes. */
  chunk: (bytes: number) => Math.max(4 * wordSize, roundUp(bytes + wordSize, ALIGN)),
});

/**
 * A dynamic program’s heap: the first request moves the break by 132 KiB (136 on i386), of which the pages with
 * chunk headers are written. Nearly every program allocates before it rests, so without requests one
 * small one is assumed.
 */
export function glibcHeap(requests: Requests): HeapUse {
  const { sizes, startUp } = requests;
  if (sizes?.length === 0 && startUp.length === 0) {
    return { brk: NO_AREA, mapped: [], quality: 'exact', detail: undefined };
  }
  const { front } = words(requests.wordSize);
  const heap = allocate(requests, { offset: front, bytes: front, written: NO_RUNS });
  // Constructors and libraries may have allocated before.
  if (sizes || startUp.length > 0)
    return {
      ...heap,
      quality: 'floor',
      detail: l10n.t('128 KiB and more at once; headers and what is written'),
    };
  return {
    ...heap,
    quality: 'guess',
    detail: l10n.t('one small request assumed; 128 KiB and more at once'),
  };
}

/** TLS kept free for modules loaded later, and the thread's block, in a static program (csu/libc-tls.c). */
const TLS_SURPLUS = 800;
const THREAD_BLOCK = 2368;
const THREAD_ALIGN = 64;
/** The C library's own variables, errno and the like, last of the TLS in front of the block (.tbss of libc.a). */
const OWN_TLS = 72;
/**
 * Chunks that start-up takes before main() besides the tcache: _dl_get_origin's of a directory's name of 8 to 23 bytes,
 * _dl_new_object's, two of _dl_init_paths, _dl_find_object_init's. Found with a debugger.
 */
const START_UP = 32 + 1248 + 48 + 336 + 176;

/**
 * A static program's heap is open before main(): at its begin lie the program's TLS, of which the part that
 * the file has is written, and the thread's block; then what start-up allocated. Without TLS of the program's own 34
 * pages, two of them written, as measured with glibc 2.36.
 */
export function glibcStaticHeap(requests: Requests): HeapUse {
  const { threadLocal, pageSize } = requests;
  const size = Number(threadLocal?.memorySize ?? 0n);
  const blockAlign = Math.max(1, Number(threadLocal?.align ?? 1n));
  const align = Math.max(THREAD_ALIGN, blockAlign);
  const thread = roundUp(size + TLS_SURPLUS, align);
  const bytes = thread + THREAD_BLOCK + align; // _dl_early_allocate moves the break by as much
  const offset = bytes + START_UP;
  const block = thread - roundUp(size, blockAlign);
  const image = threadLocal ? run(block, initialised(threadLocal)) : NO_RUNS;
  const own = Math.min(size, OWN_TLS);
  // Behind the thread's block is what aligning it may have taken; by whole pages, it moves block and image alike.
  const written = coarsen(
    union(image, run(block + size - own, own), run(thread, THREAD_BLOCK), run(bytes, START_UP)),
    pageSize,
  );
  const heap = allocate(requests, { offset, bytes, written });
  return { ...heap, quality: 'floor', detail: l10n.t('opened before main() for TLS') };
}

/** Serves requests from the top chunk at `offset` of a heap of so many bytes. */
function allocate(
  { sizes = [], startUp, written, pageSize, wordSize }: Requests,
  start: { offset: number; bytes: number; written: Runs },
): HeapUse {
  const { header, minChunk, chunk } = words(wordSize);
  const wholePages = (bytes: number) => roundUp(bytes, pageSize);
  const mapped: NamedArea[] = [];
  const touched: Runs[] = [];
  const used: Runs[] = [];
  let top = start.offset;
  let end = start.bytes;

  const take = (bytes: number) => {
    const missing = bytes + TOP_PAD + minChunk - Math.max(0, end - top);
    if (top + bytes + minChunk > end) end = wholePages(end + wholePages(missing));
    const at = top;
    top += bytes;
    // This chunk's size, and that of the rest behind it.
    touched.push(run(at + header, header), run(top + header, header));
    return at;
  };

  // struct tcache_perthread_struct, allocated and cleared first.
  const tcache = chunk(BINS * (2 + wordSize));
  touched.push(run(take(tcache), tcache));
  for (const size of startUp) take(chunk(size));
  for (const size of sizes) {
    const bytes = chunk(size);
    if (bytes >= MMAP_THRESHOLD) {
      mapped.push(mappedChunk(mapped.length, size, written, pageSize));
      continue;
    }
    used.push(run(take(bytes) + 2 * header, size));
  }
  const touchedBytes = written ? union(...touched, ...used) : union(...touched);
  return {
    brk: {
      pages: end / pageSize,
      guard: 0,
      written: union(coarsen(touchedBytes, pageSize), start.written),
      used: used.length > 0 ? union(...used) : undefined,
    },
    mapped,
    quality: 'exact',
    detail: undefined,
  };
}

/** Large requests get a mapping of their own, whose first page holds the chunk's header. */
function mappedChunk(index: number, size: number, written: boolean, pageSize: number): NamedArea {
  const bytes = run(MAPPED_HEADER, size);
  const pages = coarsen(written ? bytes : run(0, MAPPED_HEADER), pageSize);
  return {
    id: `malloc-mapped-${index}`,
    label: l10n.t('A large allocation'),
    pages: Math.ceil((MAPPED_HEADER + size) / pageSize),
    guard: 0,
    written: union(pages, [0, 1]),
    used: bytes,
  };
}
