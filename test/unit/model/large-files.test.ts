import assert from 'node:assert/strict';
import { type Binary, PT } from '../../../src/binary/binary.js';
import type { LoadedObject, Program } from '../../../src/model/program.js';
import { SEGMENT } from '../../support/headers.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const HUGE = 512; // pages of 2 MiB
const PAGES = 768;

const large = (type: Binary['type']): Binary => ({
  ...sampleProgram('tiny-nolibc').binary,
  type,
  segments: [{ ...SEGMENT, type: PT.LOAD, memorySize: BigInt(PAGES * 4096), align: 4096n }],
});

const named = (name: string, binary: Binary, alignsHuge?: boolean): LoadedObject => ({
  name,
  path: `/lib/${name}`,
  binary,
  alignsHuge,
});

function withLibrary(alignsHuge?: boolean): Program {
  const small = sampleProgram('tiny-nolibc').binary;
  return {
    ...sampleProgram('tiny-nolibc'),
    binary: { ...small, type: 'shared', interpreter: '/lib64/ld-linux-x86-64.so.2' },
    interpreter: named('ld-linux-x86-64.so.2', { ...small, type: 'shared' }),
    libraries: [named('liblarge.so', large('shared'), alignsHuge)],
  };
}

/** First page of the region that is as large. */
function placeOf(program: Program): number {
  const { regions } = costOf(program, conditions({}, { aslr: false }));
  const region = regions.find(({ pages }) => pages === PAGES);
  assert.ok(region);
  return region.firstPage;
}

describe('A file as large as a huge page', () => {
  it('lies at a multiple of one, unless its file system has it otherwise', () => {
    assert.equal(placeOf(withLibrary()) % HUGE, 0);
    assert.equal(placeOf(withLibrary(true)), placeOf(withLibrary()));
    assert.notEqual(placeOf(withLibrary(false)) % HUGE, 0);
  });

  it('lies so too if it is a program that the kernel maps where there is room', () => {
    const program = { ...sampleProgram('tiny-nolibc'), binary: large('shared') };
    assert.equal(placeOf(program) % HUGE, 0);
    const top = 0x7ffff7fff; // of the mmap area
    assert.equal(placeOf({ ...program, alignsHuge: false }), top - PAGES);
  });
});
