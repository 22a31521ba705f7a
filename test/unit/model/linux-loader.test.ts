import assert from 'node:assert/strict';
import type { Binary } from '../../../src/binary/binary.js';
import { PT } from '../../../src/binary/binary.js';
import { loaderItems } from '../../../src/model/linux-loader.js';
import type { Program } from '../../../src/model/program.js';
import { count } from '../../../src/model/runs.js';
import { C_LIBRARIES } from '../../../src/system/c-library.js';
import { DYNAMIC, SEGMENT } from '../../support/headers.js';
import { sampleProgram } from '../../support/sample.js';

/** A library with three pages of bss, of which relocation writes none. */
const library = (name: string, hasInitialisers: boolean) => ({
  name,
  path: `/lib/${name}`,
  binary: {
    ...sampleProgram('tiny-nolibc').binary,
    segments: [{ ...SEGMENT, type: PT.LOAD, memorySize: 0x3000n, align: 4096n }],
    dynamic: { ...DYNAMIC, hasInitialisers },
    relocated: [],
  } satisfies Binary,
});

const writtenOf = (name: string, hasInitialisers: boolean) => {
  const libraries = [library(name, hasInitialisers)];
  const interpreter = library('ld-linux-x86-64.so.2', false);
  const program: Program = { ...sampleProgram('tiny-glibc'), interpreter, libraries };
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
  });
});
