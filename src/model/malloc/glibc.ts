import { coarsen, NO_RUNS, type Runs, run, union } from '../runs.js';
import { type HeapUse, type NamedArea, NO_AREA, type Requests } from './heap-use.js';

// glibc 2.36, malloc/malloc.c, 64-bit.
const HEADER = 8; // the size field before what malloc returns
const ALIGN = 16;
const MIN_CHUNK = 32;
const TOP_PAD = 128 * 1024; // M_TOP_PAD
const MMAP_THRESHOLD = 128 * 1024; // M_MMAP_THRESHOLD, before it adapts
const TCACHE = 0x290; // struct tcache_perthread_struct, allocated and cleared first

/**
 * A dynamic program's heap: the first request moves the break by 132 KiB, of which the pages with
 * chunk headers are written. Nearly every program allocates before it rests, so without requests one
 * small one is assumed.
 */
export function glibcHeap(requests: Requests): HeapUse {
  const { sizes } = requests;
  if (sizes?.length === 0) {
    return { brk: NO_AREA, mapped: [], quality: 'exact', detail: undefined };
  }
  const heap = allocate(requests, { offset: 0, pages: 0, written: NO_RUNS });
  // Constructors and libraries may have allocated before.
  if (sizes)
    return { ...heap, quality: 'floor', detail: '132 KiB at once; headers and what is written' };
  return { ...heap, quality: 'guess', detail: 'one small request assumed; 132 KiB at once' };
}

/**
 * A static program's heap is open before main(): the thread's block lies at its begin, then what
 * start-up allocated. Measured with glibc 2.36: 34 pages, two of them written.
 */
export function glibcStaticHeap(requests: Requests): HeapUse {
  const heap = allocate(requests, { offset: 0x1600, pages: 1, written: [0, 2] });
  return { ...heap, quality: 'floor', detail: 'opened before main() for TLS' };
}

/** Serves requests from the top chunk at `offset` of a heap of so many pages. */
function allocate(
  { sizes = [], written, pageSize }: Requests,
  start: { offset: number; pages: number; written: Runs },
): HeapUse {
  const mapped: NamedArea[] = [];
  const touched: Runs[] = [];
  const used: Runs[] = [];
  let top = start.offset;
  let end = start.pages * pageSize;

  const take = (bytes: number) => {
    const missing = bytes + TOP_PAD + MIN_CHUNK - Math.max(0, end - top);
    if (top + bytes + MIN_CHUNK > end) end += Math.ceil(missing / pageSize) * pageSize;
    const at = top;
    top += bytes;
    // This chunk's size, and that of the rest behind it.
    touched.push(run(at + HEADER, HEADER), run(top + HEADER, HEADER));
    return at;
  };

  touched.push(run(take(TCACHE), TCACHE));
  for (const size of sizes) {
    const chunk = Math.max(MIN_CHUNK, Math.ceil((size + HEADER) / ALIGN) * ALIGN);
    if (chunk >= MMAP_THRESHOLD) {
      mapped.push(mappedChunk(mapped.length, size, written, pageSize));
      continue;
    }
    used.push(run(take(chunk) + 2 * HEADER, size));
  }
  const inUse = union(...used);
  const bytes = written ? union(...touched, inUse) : union(...touched);
  return {
    brk: {
      pages: end / pageSize,
      guard: 0,
      written: union(coarsen(bytes, pageSize), start.written),
      used: inUse,
    },
    mapped,
    quality: 'exact',
    detail: undefined,
  };
}

/** Large requests get a mapping of their own, whose first page holds the chunk's header. */
function mappedChunk(index: number, size: number, written: boolean, pageSize: number): NamedArea {
  const bytes = run(2 * HEADER, size);
  const pages = coarsen(written ? bytes : run(0, 2 * HEADER), pageSize);
  return {
    id: `malloc-mapped-${index}`,
    label: 'A large allocation',
    pages: Math.ceil((2 * HEADER + size) / pageSize),
    guard: 0,
    written: union(pages, [0, 1]),
    used: bytes,
  };
}
