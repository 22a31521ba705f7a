import assert from 'node:assert/strict';
import type { Binary } from '../../../src/binary/binary.js';
import { PT } from '../../../src/binary/binary.js';
import { loaderItems } from '../../../src/model/linux-loader.js';
import type { Program } from '../../../src/model/program.js';
import { count } from '../../../src/model/runs.js';
import { C_LIBRARIES } from '../../../src/system/c-library.js';
import { DYNAMIC, SEGMENT } from '../../support/headers.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

/** A library with three pages of bss, of which relocation writes none. */
const library = (name: string, hasInitialisers: boolean) => ({
  name,
  path: `/lib/${name}`,
  binary: {
    ...sampleProgram('tiny-nolibc').binary,
    segments: [{ ...SEGMENT, type: PT.LOAD, memorySize: 0x3000n, align: 4096n }],
    dynamic: DYNAMIC,
    hasInitialisers,
    relocated: [],
  } satisfies Binary,
});

const writtenOf = (name: string, hasInitialisers: boolean, initialisesStreams = false) => {
  const libraries = [library(name, hasInitialisers)];
  const interpreter = library('ld-linux-x86-64.so.2', false);
  const { binary, ...sample } = sampleProgram('tiny-glibc');
  const asked = { ...binary, initialisesStreams };
  const program: Program = { ...sample, binary: asked, interpreter, libraries };
  const items = loaderItems(program, C_LIBRARIES['glibc-dynamic'], 4096, undefined);
  const mappings = items.flatMap(({ block }) => block.mappings);
  return mappings.find(({ object }) => object === name)?.private ?? [];
};

describe('the bss of a library', () => {
  it('is not written where nothing of the library runs before main()', () => {
    assert.deepEqual(writtenOf('libplain.so', false), []);
  });

  it('has its first page written by its initialisers, as a guess', () => {
    assert.deepEqual(writtenOf('libother.so', true), [0, 1]);
  });

  it('has the pages that the C library and the C++ library write, as measured', () => {
    assert.equal(count(writtenOf('libc.so.6', false)), 3); // all there are: it has 13, and writes 5
    assert.deepEqual(writtenOf('libstdc++.so.6', true), [1, 3]);
    assert.deepEqual(writtenOf('libstdc++.so.6', true, true), [0, 3], 'the standard streams');
  });
});

describe('the stack of a program with many libraries', () => {
  /** Pages in use with so many besides libc and so many bytes of environment; see stack.test.ts. */
  const pagesWith = (count: number, bytes: number) => {
    const interpreter = library('ld-linux-x86-64.so.2', false);
    const names = ['libc.so.6', ...Array.from({ length: count }, (_, i) => `lib${i}.so`)];
    const libraries = names.map((name) => library(name, false));
    const program = {
      ...sampleProgram('tiny-glibc'),
      path: './tiny-glibc',
      interpreter,
      libraries,
    };
    const workload = { environment: { bytes, strings: 1 } };
    const { rows } = costOf(program, conditions(workload, { aslr: false }));
    return rows.find(({ id }) => id === 'stack')?.pages;
  };

  it('is deeper by as much as the loader keeps for each, as in live processes', () => {
    // With 1, 20, 60, 100 and 150 besides libc it was 5,633, 6,241, 7,521, 8,801 and 10,401 bytes deep.
    for (const count of [0, 1, 20, 60]) {
      const more = 2115 - 32 * count;
      assert.deepEqual([pagesWith(count, more - 32), pagesWith(count, more + 32)], [2, 3]);
    }
  });
});
