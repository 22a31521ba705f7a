import assert from 'node:assert/strict';
import { readElf } from '../../../src/binary/elf.js';
import { memorySource } from '../../../src/binary/source.js';
import { buildElf, EM_X86_64, ET_DYN, type ImageSpec } from '../../support/elf-builder.js';

const GNU = 3; // EI_OSABI
const GLOB_DAT = 6;
const RELATIVE = 8;
const DT_RELACOUNT = 0x6ffffff9;
const UNIQUE = { info: 0xa1, section: 1 }; // STB_GNU_UNIQUE, STT_OBJECT

const SYMBOLS = [
  { name: 'unique', ...UNIQUE },
  { name: 'plain', section: 1 },
  { name: 'not-asked-for', ...UNIQUE },
  { name: 'unique-too', ...UNIQUE },
];

/** How many are counted in an object with relocations of these symbols behind a relative one. */
function counted(symbols: readonly number[], others: Partial<ImageSpec> = {}, relative = 1) {
  const rela = [
    { offset: 0x1000, type: RELATIVE },
    ...symbols.map((symbol, i) => ({ offset: 0x1008 + 8 * i, type: GLOB_DAT, symbol })),
  ];
  const image = buildElf({
    class: 64,
    machine: EM_X86_64,
    type: ET_DYN,
    osAbi: GNU,
    segments: [{ flags: 6, offset: 0, address: 0, fileSize: 0x2000 }],
    dynamic: { rela, symbols: SYMBOLS, entries: [[DT_RELACOUNT, relative]] },
    ...others,
  });
  return readElf(memorySource(image)).binary?.dynamic?.uniqueReferences;
}

describe('symbols that are unique in a process', () => {
  it('are counted once each, where relocations refer to them', () => {
    assert.equal(counted([1, 2, 4, 1]), 2);
    assert.equal(counted([1, 2, 4, 1], { littleEndian: false }), 2);
    assert.equal(counted([2]), 0);
    assert.equal(counted([1, 4], {}, 2), 1); // the first of them is said to be a relative one
  });

  it('are looked for only in objects that are marked as having some', () => {
    assert.equal(counted([1], { osAbi: 0 }), 0);
    assert.equal(counted([1], { class: 32 }), 0);
  });

  it('are not counted where numbers lead nowhere', () => {
    assert.equal(counted([0xffffffff, 1]), 1);
    assert.equal(counted([1], {}, 2 ** 40), 0);
  });
});
