import assert from 'node:assert/strict';
import fc from 'fast-check';
import { heapUse } from '../../../src/model/heap.js';
import { glibcHeap, glibcStaticHeap } from '../../../src/model/malloc/glibc.js';
import type { HeapUse, Requests } from '../../../src/model/malloc/heap-use.js';
import { muslDynamicHeap, muslStaticHeap } from '../../../src/model/malloc/musl.js';
import { phkmalloc } from '../../../src/model/malloc/phkmalloc.js';
import { count, intersect } from '../../../src/model/runs.js';
import { START_UP, type Workload } from '../../../src/model/workload.js';
import { C_LIBRARIES } from '../../../src/system/c-library.js';
import { sampleProgram } from '../../support/sample.js';

const PAGE = 4096;
const BERNSTEIN = [360, 80, 180, 16, 440];

const requests = (sizes: readonly number[] | undefined, others: Partial<Requests> = {}) => ({
  sizes,
  startUp: [],
  written: false,
  pageSize: PAGE,
  wordSize: 8,
  loader: [],
  tls: undefined,
  threadLocal: undefined,
  linksFree: undefined,
  ...others,
});
/** Pages taken from the break, pages written there, pages mapped, pages written of those. */
const pages = ({ brk, mapped }: HeapUse) => [
  brk.pages,
  count(brk.written),
  mapped.reduce((sum, area) => sum + area.pages, 0),
  mapped.reduce((sum, area) => sum + count(area.written), 0),
];

describe('phkmalloc', () => {
  it('takes nothing until it is asked', () => {
    assert.deepEqual(pages(phkmalloc(requests(undefined))), [0, 0, 0, 0]);
    assert.deepEqual(pages(phkmalloc(requests([]))), [0, 0, 0, 0]);
  });

  it('opens a page for its own record of 20 bytes, and one for each further class', () => {
    assert.deepEqual(pages(phkmalloc(requests([1]))), [2, 2, 1, 1]);
    assert.deepEqual(pages(phkmalloc(requests([32]))), [1, 1, 1, 1]);
    assert.deepEqual(pages(phkmalloc(requests(BERNSTEIN))), [5, 2, 1, 1]);
  });

  it('writes every class’s page when the program does', () => {
    assert.deepEqual(pages(phkmalloc(requests(BERNSTEIN, { written: true }))), [5, 5, 1, 1]);
  });

  it('opens a second page of a class when the first is full', () => {
    // 8 chunks of 512 bytes fit; their pages' records go to the class of 32.
    assert.equal(phkmalloc(requests(Array(8).fill(500))).brk.pages, 2);
    assert.equal(phkmalloc(requests(Array(9).fill(500))).brk.pages, 3);
    // A page of 16-byte chunks keeps its own record of 48 bytes: 253 are left.
    assert.equal(phkmalloc(requests(Array(253).fill(16))).brk.pages, 2);
    assert.equal(phkmalloc(requests(Array(254).fill(16))).brk.pages, 3);
  });

  it('gives whole pages above half a page', () => {
    assert.equal(phkmalloc(requests([2048])).brk.pages, 2);
    assert.equal(phkmalloc(requests([2049])).brk.pages, 2);
    assert.equal(phkmalloc(requests([3 * PAGE + 1])).brk.pages, 5);
  });

  it('needs more directory for more than 4 MiB', () => {
    assert.equal(phkmalloc(requests([4 * 2 ** 20])).mapped[0]?.pages, 2);
  });
});

describe('glibc’s malloc', () => {
  it('moves the break by 132 KiB and writes one page of it', () => {
    for (const sizes of [[1], BERNSTEIN, undefined]) {
      assert.deepEqual(pages(glibcHeap(requests(sizes))), [33, 1, 0, 0]);
    }
    assert.equal(glibcHeap(requests(undefined)).quality, 'guess');
    assert.deepEqual(pages(glibcHeap(requests([]))), [0, 0, 0, 0]);
  });

  it('has the pool of libstdc++ in front, of which its header and the next one are written', () => {
    // As in a live program of C++ that asks for nothing: GCC 12, glibc 2.36.
    for (const others of [{}, { written: true }]) {
      for (const sizes of [[], undefined]) {
        const use = glibcHeap(requests(sizes, { startUp: [72_704], ...others }));
        assert.deepEqual([...pages(use), use.quality], [33, 2, 0, 0, 'floor']);
      }
    }
  });

  it('is not there in a program that does not load glibc, as Go’s are with its loader', () => {
    const glibc = C_LIBRARIES['glibc-dynamic'];
    const of = (heap: Workload['heap'], ...names: string[]) => {
      const { binary } = sampleProgram('tiny-nolibc');
      const libraries = names.map((name) => ({ name, path: name, binary }));
      const program = { ...sampleProgram('tiny-glibc'), libraries };
      return heapUse(program, glibc, { ...START_UP, heap }, PAGE).brk.pages;
    };
    assert.equal(of(undefined, 'libc.so.6'), 33);
    assert.equal(of(undefined, 'libother.so'), 0);
    assert.equal(of([1], 'libother.so'), 33); // whoever says so knows better
  });

  it('has the heap of a static program open already: 34 pages, two written', () => {
    for (const sizes of [[], [1], BERNSTEIN]) {
      assert.deepEqual(pages(glibcStaticHeap(requests(sizes))), [34, 2, 0, 0]);
    }
  });

  it('of a static program has its first chunk where live processes had it: 0x16c0 from its begin', () => {
    // The TLS of the C library alone. A chunk behind that fills the page has the header of the next one on another.
    const threadLocal = { fileSize: 0x18n, memorySize: 0x60n, align: 8n };
    const written = (size: number) =>
      count(glibcStaticHeap(requests([size], { threadLocal })).brk.written);
    assert.deepEqual([written(0x2000 - 0x16c0 - 24), written(0x2000 - 0x16c0 - 8)], [2, 3]);
  });

  it('has the static TLS of a static program at its begin, as live processes had', () => {
    const heapOf = (bytes: number, inFile: number, align = 16n) => {
      const fileSize = BigInt(inFile);
      const threadLocal = { memorySize: BigInt(bytes), fileSize, align };
      return pages(glibcStaticHeap(requests([], { threadLocal }))).slice(0, 2);
    };
    // Of 0x60 bytes, 24 in the file, are errno and the like, which every program has.
    assert.deepEqual(heapOf(0x60, 24), [34, 2]);
    assert.deepEqual(heapOf(5104, 24), [36, 3]);
    assert.deepEqual(heapOf(5096, 5024), [36, 3]);
    assert.deepEqual(heapOf(300_088, 24)[1], 3);
    // The thread's block begins a page: errno lies on the one before.
    assert.deepEqual(heapOf(40_104, 24), [44, 4]);
    // Aligned to two pages, the blocks begin pages 0 and 2; what that may take behind them is page 3, and nobody's.
    assert.deepEqual(heapOf(0x68, 32, 8192n), [38, 4]);
    assert.deepEqual(heapOf(300_088, 300_024)[1], 75);
  });

  it('maps from 128 KiB on, and writes a header there', () => {
    const use = glibcHeap(requests([128 * 1024]));
    assert.deepEqual(pages(use), [33, 1, 33, 1]);
  });

  it('has smaller chunks on i386, as live processes of glibc 2.36 had', () => {
    for (const [sizes, taken, written] of [
      [[100], 34, 1],
      [BERNSTEIN, 34, 1],
      [[5000, 5000, 100], 34, 3],
      [[130_000, 2000], 34, 3],
      [[100, 100_000, 100_000], 81, 3],
    ] as const) {
      const use = glibcHeap(requests(sizes, { wordSize: 4 }));
      assert.deepEqual(pages(use), [taken, written, 0, 0], String(sizes));
    }
    // The same on x86-64.
    assert.deepEqual(pages(glibcHeap(requests([100, 100_000, 100_000]))), [82, 3, 0, 0]);
  });

  it('writes the headers of what it hands out, though the program writes nothing', () => {
    const use = glibcHeap(requests(Array(10).fill(8192)));
    assert.equal(count(use.brk.written), 11);
  });
});

describe('musl’s malloc', () => {
  it('is a pointer and the break without free()', () => {
    const bare = { linksFree: false };
    assert.deepEqual(pages(muslStaticHeap(requests(BERNSTEIN, bare))), [1, 0, 0, 0]);
    assert.deepEqual(
      pages(muslStaticHeap(requests(BERNSTEIN, { ...bare, written: true }))),
      [1, 1, 0, 0],
    );
  });

  it('takes a page of records and a group with free(), of which it is not sure without symbols', () => {
    assert.deepEqual(pages(muslStaticHeap(requests([1], { linksFree: true }))), [2, 1, 1, 1]);
    assert.match(muslStaticHeap(requests([1])).detail ?? '', /assumed/);
  });

  it('writes what live processes of static programs with free() had written', () => {
    for (const [sizes, expected] of [
      [[309, 32, 276, 485, 397, 438, 405, 591, 456, 138], 2],
      [[578, 1319, 7300, 3748, 2267], 6],
      [[47_188, 135_317, 336], 5], // of a request of its own the last page, too
      [[5679, 2, 1, 105_880, 35, 25, 941_605, 663, 104_416, 721], 10],
      [[2_602_297, 2_782_557, 689_968, 382_995, 2_788_229], 10],
    ] as const) {
      const use = muslStaticHeap(requests(sizes, { linksFree: true }));
      assert.deepEqual([pages(use)[1], pages(use)[3]], [1, expected], String(sizes));
    }
    const written = { linksFree: true, written: true };
    assert.equal(pages(muslStaticHeap(requests([5468, 17_643], written)))[3], 7);
  });

  it('has a further page of records for each 101 groups', () => {
    const use = (asked: number) => muslStaticHeap(requests(Array(asked).fill(140_000))).brk;
    assert.deepEqual(
      [use(101), use(102)].map(({ pages: of }) => of),
      [2, 3],
    );
  });

  it('serves a dynamic program out of the ends of data pages as long as they last', () => {
    const heap = (sizes: readonly number[]) =>
      pages(muslDynamicHeap(requests(sizes, { loader: [{ given: 3000 }] })));
    assert.deepEqual(heap(BERNSTEIN), [2, 1, 0, 0]);
    assert.deepEqual(heap([2000]), [2, 1, 0, 0]);
    assert.deepEqual(heap([2000, 2000]), [2, 1, 1, 1]);
  });
});

describe('bytes with a use', () => {
  const used = ({ brk, mapped }: HeapUse) => [brk, ...mapped].map((area) => area.used);

  it('are those handed out to the program', () => {
    assert.deepEqual(used(glibcHeap(requests([1000]))), [[0x2a0, 0x2a0 + 1000]]);
    assert.deepEqual(used(glibcHeap(requests([0]))), [[]]);
  });

  it('are not counted of what an allocator has for itself, nor of what start-up has', () => {
    assert.deepEqual(used(glibcHeap(requests([], { startUp: [72_704] }))), [undefined]);
    assert.deepEqual(used(glibcStaticHeap(requests(undefined))), [undefined]);
    assert.deepEqual(used(muslDynamicHeap(requests(undefined))), [undefined]);
    assert.deepEqual(used(phkmalloc(requests([16]))).at(-1), undefined);
  });
});

describe('every allocator', () => {
  const ALL = { phkmalloc, glibcHeap, glibcStaticHeap, muslStaticHeap, muslDynamicHeap };
  const sizes = fc.array(fc.oneof(fc.nat(64), fc.nat(5000), fc.nat(400_000)), { maxLength: 40 });

  for (const [name, allocate] of Object.entries(ALL)) {
    it(`${name} hands out disjoint bytes inside what it took, and writes inside it`, () => {
      fc.assert(
        fc.property(sizes, fc.boolean(), fc.constantFrom(true, false, undefined), (s, w, free) => {
          const use = allocate(requests(s, { written: w, linksFree: free }));
          for (const area of [use.brk, ...use.mapped]) {
            assert.equal(count(intersect(area.written, [0, area.pages])), count(area.written));
            assert.ok((area.used?.at(-1) ?? 0) <= area.pages * PAGE);
          }
          if (name === 'phkmalloc' || name === 'glibcHeap' || free === false) {
            const handedOut = [use.brk, ...use.mapped].reduce((n, a) => n + count(a.used ?? []), 0);
            const asked = s.reduce((n, size) => n + size, 0);
            if (name !== 'muslDynamicHeap' && name !== 'glibcStaticHeap') {
              assert.ok(handedOut >= asked, `${handedOut} of ${asked}`);
            }
          }
        }),
      );
    });
  }
});
