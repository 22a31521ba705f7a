import assert from 'node:assert/strict';
import { PT, type Segment } from '../../../src/binary/binary.js';
import type { Program } from '../../../src/model/program.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const PAGE = 4096n;

const writable = (address: bigint, fileSize: bigint, memorySize: bigint): Segment => ({
  type: PT.LOAD,
  readable: true,
  writable: true,
  executable: false,
  offset: address % PAGE,
  address,
  physicalAddress: address,
  fileSize,
  memorySize,
  align: PAGE,
});

/** A dynamic program of one segment: a page of its file, then so many of bss. */
function program(bssPages: number, relocated: readonly number[]): Program {
  const sample = sampleProgram('tiny-nolibc');
  const segment = writable(0x400000n, PAGE, PAGE * BigInt(1 + bssPages));
  const dynamic = {
    address: 0x400000n,
    needed: [],
    unreadNeeded: 0,
    soname: undefined,
    rpath: undefined,
    runpath: undefined,
    pie: false,
    glibcDefined: undefined,
    glibcNeeded: undefined,
    versionIndex: undefined,
  };
  const binary = { ...sample.binary, entry: 0x400000n, segments: [segment], dynamic, relocated };
  return { ...sample, binary };
}

describe('.dynamic of a program without a C library', () => {
  it('is written by nobody', () => {
    const { rows } = costOf(program(0, []), conditions());
    assert.equal(
      rows.find(({ id }) => id.endsWith(':data')),
      undefined,
    );
  });
});

const bssOf = (asked: Program) =>
  costOf(asked, conditions()).rows.find(({ id }) => id.endsWith(':bss'));

describe('a bss into which variables of libraries are copied', () => {
  it('has the pages of COPY relocations besides those that are guessed', () => {
    // Pages 0x401 to 0x428 are bss, of which 0x404 to 0x40e are relocated.
    const row = bssOf(program(40, [0x404, 0x40e]));
    assert.equal(row?.pages, 2 + 10);
    assert.deepEqual(
      row?.reasons.map(({ why, pages, of }) => [why, pages, of]),
      [
        ['relocation', [0x404, 0x40e], undefined],
        ['bss', [0x401, 0x403], 40],
      ],
    );
  });

  it('counts a page once that is guessed and copied to', () => {
    assert.equal(bssOf(program(40, [0x401, 0x405]))?.pages, 4);
  });
});

describe('the tables of constants that nobody may read', () => {
  const segment = (address: bigint, executable: boolean, offset: bigint): Segment => ({
    ...writable(address, PAGE, PAGE),
    writable: false,
    executable,
    offset,
  });
  const rangeOf = (constants: bigint) => {
    const sample = sampleProgram('tiny-nolibc');
    const segments = [segment(0x400000n, true, 0n), segment(constants, false, PAGE)];
    const binary = { ...sample.binary, entry: 0x400000n, segments };
    const { rows } = costOf({ ...sample, binary }, conditions({}, { aslr: false }));
    const { bytes, range } = rows.find(({ id }) => id === 'tables:pte') ?? {};
    return [bytes, range?.min];
  };

  it('are counted, and may be fewer', () => {
    assert.deepEqual(rangeOf(0x600000n), [3 * 4096, 2 * 4096]); // a table of their own
  });

  it('are those of the code beside them', () => {
    assert.deepEqual(rangeOf(0x401000n), [2 * 4096, undefined]);
  });
});
