import assert from 'node:assert/strict';
import { type Binary, type Dynamic, PT, type Segment } from '../../../src/binary/binary.js';
import { loaderAreas } from '../../../src/model/loader-heap.js';
import type { LoadedObject, Program } from '../../../src/model/program.js';
import { count } from '../../../src/model/runs.js';
import { staticTls } from '../../../src/model/static-tls.js';
import { C_LIBRARIES } from '../../../src/system/c-library.js';
import { DYNAMIC, SEGMENT } from '../../support/headers.js';
import { sampleProgram } from '../../support/sample.js';

const GLIBC = C_LIBRARIES['glibc-dynamic'].loaderHeap;

const segment = (type: number, memorySize: number, align: number): Segment => ({
  ...SEGMENT,
  type,
  memorySize: BigInt(memorySize),
  align: BigInt(align),
});

const object = (dynamic: Partial<Dynamic>, ...segments: Segment[]): Binary => ({
  ...sampleProgram('tiny-nolibc').binary,
  segments,
  dynamic: { ...DYNAMIC, ...dynamic },
});

// As Debian's glibc 2.36 has them: ld.so's bss ends at 0x2e0 in its page.
const INTERPRETER = object({ versionIndex: 7 }, segment(PT.LOAD, 0x2e0, 4096));
const LIBC = object(
  { versionIndex: 43, needed: ['ld-linux-x86-64.so.2'] },
  segment(PT.TLS, 0x90, 8),
);
const DIRECTORY = '/usr/lib/ten-small'; // as long a name as where they were measured

const libraryOf = (name: string, dynamic: Partial<Dynamic>): LoadedObject => ({
  name,
  path: `${DIRECTORY}/${name}`,
  binary: object(dynamic),
});

/** A program with as many little libraries in a directory of its RUNPATH, and libc. */
function program(libraries: number, tls = 0, align = 32): Program {
  const small = Array.from({ length: libraries }, (_, i) => libraryOf(`libs${i + 1}.so`, {}));
  const libc = { name: 'libc.so.6', path: '/lib/x86_64-linux-gnu/libc.so.6', binary: LIBC };
  const needed = [...small, libc].map(({ name }) => name);
  const runpath = libraries > 0 ? DIRECTORY : undefined;
  const tlsSegments = tls > 0 ? [segment(PT.TLS, tls, align)] : [];
  return {
    path: '/bin/program',
    binary: object({ needed, runpath, versionIndex: 3 }, ...tlsSegments),
    interpreter: { name: 'ld-linux-x86-64.so.2', path: '', binary: INTERPRETER },
    libraries: [...small, libc],
    missing: [],
  };
}

const areasOf = (asked: Program) => {
  assert.ok(GLIBC);
  return loaderAreas(asked, GLIBC, 4096);
};
const written = (asked: Program) =>
  areasOf(asked).reduce((sum, area) => sum + count(area.written), 0);

describe('what glibc’s loader allocates for itself', () => {
  it('is as in a live process of a program with libc only: two pages, then three with TLS', () => {
    assert.deepEqual(areasOf(program(0)), [
      { hasThread: false, after: -1, pages: 2, written: [0, 1] },
      { hasThread: true, after: 1, pages: 3, written: [0, 2] },
    ]);
  });

  it('grows with the libraries as in live processes', () => {
    // Programs linked with so many, Linux 6.18, glibc 2.36: dirty pages that are no file's, stack, heap or bss.
    const measured = { 5: 5, 10: 6, 20: 10, 40: 17, 60: 24, 100: 38 };
    for (const [libraries, pages] of Object.entries(measured)) {
      assert.equal(written(program(Number(libraries))), pages, `${libraries} libraries`);
    }
  });

  it('has a record of each directory of a library’s RUNPATH that no path had before, as in live processes', () => {
    // Each of so many libraries needs one that the program does not.
    const measured = { 5: 7, 20: 19, 60: 49 };
    for (const [number, pages] of Object.entries(measured)) {
      const small = Array.from({ length: Number(number) }, (_, i) => {
        const needed = [`libd${i + 1}.so`];
        const runpath = `$ORIGIN:/usr/lib:/opt/none/${i + 1}/lib/`;
        return libraryOf(`libs${i + 1}.so`, { needed, runpath });
      });
      const deep = small.map((_, i) => libraryOf(`libd${i + 1}.so`, {}));
      const { libraries, ...rest } = program(0);
      const needed = [...small, ...libraries].map(({ name }) => name);
      const binary = object({ needed, runpath: DIRECTORY, versionIndex: 3 });
      const asked = { ...rest, binary, libraries: [...small, ...libraries, ...deep] };
      assert.equal(written(asked), pages, `${number} libraries`);
    }
  });

  it('has tables of symbols that are unique in a process, as large as in live processes', () => {
    // Programs with one library that has so many.
    const measured = { 1: 4, 46: 4, 47: 5, 96: 5, 97: 7, 200: 12, 500: 20, 2000: 68 };
    for (const [symbols, pages] of Object.entries(measured)) {
      const { libraries, ...rest } = program(1);
      const [library, ...others] = libraries as [LoadedObject, ...LoadedObject[]];
      const binary = object({ uniqueReferences: Number(symbols) });
      const asked = { ...rest, libraries: [{ ...library, binary }, ...others] };
      assert.equal(written(asked), pages, `${symbols} symbols`);
    }
  });

  it('is mapped in between the libraries, where it is asked for', () => {
    const after = areasOf(program(20)).map((area) => area.after);
    assert.deepEqual(after, [-1, 5, 11, 17, 21]);
  });

  it('has the list of what a library needs before what the next one needs is mapped', () => {
    // The program needs the first two, and the second the third.
    const others = Array.from({ length: 600 }, (_, i) => `other-${i}`);
    const needs = [others, ['libthird.so'], []];
    const libraries = ['libfirst.so', 'libsecond.so', 'libthird.so'].map((name, i) => ({
      name,
      path: `${DIRECTORY}/${name}`,
      binary: object({ needed: needs[i] ?? [] }),
    }));
    const binary = object({ needed: ['libfirst.so', 'libsecond.so'] });
    const large = areasOf({ ...program(0), binary, libraries }).filter(({ pages }) => pages > 2);
    assert.equal(large[0]?.after, 2);
  });

  it('has each segment of a program between whose segments there are gaps, as in a live process', () => {
    // 40,000 bytes of TLS, aligned to 256, and four segments, linked by lld 14 with -z max-page-size=0x8000.
    const at = (address: number, memorySize: number) => ({
      ...segment(PT.LOAD, memorySize, 0x8000),
      address: BigInt(address),
    });
    const asked = program(0, 40_000, 256);
    const loads = [at(0, 0x6bc), at(0x8000, 0x170), at(0x10000, 0x9e20), at(0x20000, 0x3061f)];
    const segments = [...asked.binary.segments, ...loads];
    assert.equal(written({ ...asked, binary: { ...asked.binary, segments } }), 13);
  });

  it('has all of the modules’ TLS, initialised or not, as in live processes', () => {
    const measured = { 100: 3, 3000: 3, 5000: 4, 20_000: 8, 300_000: 76 };
    for (const [bytes, pages] of Object.entries(measured)) {
      assert.equal(written(program(0, Number(bytes))), pages, `${bytes} bytes`);
    }
  });

  it('has none of what the alignment of TLS leaves between the blocks, as in live processes', () => {
    const measured = { 4096: 5, 16384: 6, 65536: 6 };
    for (const [align, pages] of Object.entries(measured)) {
      assert.equal(written(program(0, 5000, Number(align))), pages, `aligned to ${align}`);
    }
  });
});

describe('static TLS', () => {
  const module = (memorySize: number, align: number, address = 0) => ({
    address: BigInt(address),
    memorySize: BigInt(memorySize),
    align: BigInt(align),
  });

  it('has each block in front of the one before, aligned', () => {
    const one = { offsets: [0x90], used: 0x90, align: 64 };
    assert.deepEqual(staticTls([module(0x90, 8)], 64), one);
    const two = { offsets: [128, 272], used: 272, align: 64 };
    assert.deepEqual(staticTls([module(100, 32), module(0x90, 8)], 64), two);
  });

  it('uses gaps that alignment has left', () => {
    const modules = [module(8, 8), module(64, 256), module(16, 8)];
    assert.deepEqual(staticTls(modules, 64), { offsets: [8, 256, 24], used: 256, align: 256 });
  });

  it('keeps a block where its address lies within its alignment', () => {
    assert.equal(staticTls([module(4, 16, 8)], 64).used, 8);
  });
});
