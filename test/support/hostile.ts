import assert from 'node:assert/strict';
import type { Binary } from '../../src/binary/binary.js';
import { type ElfReading, readElf } from '../../src/binary/elf.js';
import type { Encoding } from '../../src/binary/fields.js';
import { type ByteSource, memorySource } from '../../src/binary/source.js';
import { estimate } from '../../src/model/estimate.js';
import type { ImageSpec } from './elf-builder.js';
import { conditions } from './sample.js';

/** Bytes that may be read more than once: strings of the dynamic section, notes, single symbols. */
const READ_AGAIN = 512 << 10;
const MAX_READS = 10_000;

/**
 * Reads any bytes at all and checks the reader's promises: it does not throw, asks for a bounded
 * number of bytes and only within the file, makes nothing larger than the file, and says what is wrong
 * at places that exist.
 */
export function readHostile(bytes: Uint8Array): ElfReading {
  const source = watchedSource(bytes);
  const reading = readElf(source);
  const size = bytes.length;
  assert.ok(
    source.bytesRead <= 10 * size + READ_AGAIN,
    `${source.bytesRead} of ${size} bytes read`,
  );
  assert.ok(source.reads <= MAX_READS, `${source.reads} reads`);
  for (const { offset, message } of reading.diagnostics) {
    assert.ok(offset === undefined || (offset >= 0 && offset <= size), `${offset}: ${message}`);
    assert.match(message, /^[A-Z].*[.]$/);
    assert.doesNotMatch(message, /undefined|NaN|Infinity|\[object/);
  }
  if (reading.binary) checkSize(reading.binary, size);
  else assert.ok(reading.diagnostics.length > 0, 'nothing was read, and nothing said');
  return reading;
}

function checkSize(binary: Binary, size: number) {
  const { segments, sections, relocated, notes, dynamic } = binary;
  assert.ok(segments.length * 32 <= size && sections.length * 40 <= size);
  assert.ok(notes.length * 12 <= size || notes.length <= 256);
  // A word of RELR speaks for two pages at most; of a COPY, all pages are one run.
  assert.ok(relocated.length <= size * 4);
  assert.ok((dynamic?.needed.length ?? 0) * 8 <= size);
  for (const { name } of sections) assert.ok(name.length <= size);
  checkEstimate(binary);
}

/** What is made of a binary next must be able to take it, and no figure may be out of reason. */
function checkEstimate(binary: Binary) {
  const program = { path: 'x', binary, interpreter: undefined, libraries: [], missing: [] };
  const { cost, diagnostics } = estimate(program, conditions({}, { aslr: false }));
  if (!cost) {
    assert.ok(diagnostics.length > 0, 'no cost, and no reason');
    return;
  }
  for (const { bytes = 0, id } of cost.rows)
    assert.ok(Number.isSafeInteger(bytes) && bytes >= 0, id);
  assert.ok(Number.isSafeInteger(cost.addressSpaceBytes));
}

function watchedSource(bytes: Uint8Array): ByteSource & { bytesRead: number; reads: number } {
  const source = memorySource(bytes);
  return {
    size: bytes.length,
    bytesRead: 0,
    reads: 0,
    read(offset, length) {
      assert.ok(Number.isSafeInteger(offset) && offset >= 0, `read at ${offset}`);
      assert.ok(Number.isSafeInteger(length) && length >= 0, `read of ${length} bytes`);
      assert.ok(offset <= bytes.length, `read at ${offset} of ${bytes.length}`);
      const found = source.read(offset, length);
      this.bytesRead += found.length;
      this.reads++;
      return found;
    },
  };
}

/** A program with one of everything the reader looks at. */
export const everything = (encoding: Encoding): ImageSpec => ({
  ...encoding,
  machine: encoding.class === 64 ? 62 : 3,
  entry: 0x8048100,
  segments: [
    { flags: 5, offset: 0, address: 0x8048000, fileSize: 0x300 },
    { flags: 6, offset: 0x300, address: 0x8049300, fileSize: 0x40, memorySize: 0x3000 },
    { type: 7, flags: 4, offset: 0x300, address: 0x8049300, fileSize: 8, align: 8 },
    { type: 0x6474e551, flags: 6 },
  ],
  sections: [
    { name: '.text', flags: 6, address: 0x8048280, content: [0xc3] },
    { name: '.bss', type: 8, flags: 3, address: 0x8049340, size: 0x2000 },
    { name: '.symtab', type: 2, content: Array(48).fill(1), link: 4, entrySize: 24 },
    { name: '.strtab', type: 3, content: [0, 0x66, 0x72, 0x65, 0x65, 0] },
  ],
  extendedNumbering: true,
  interpreter: '/lib/ld.so.1',
  notes: [
    { owner: 'GNU', type: 1, descriptor: [0, 0, 0, 0] },
    { owner: 'FreeBSD', type: 1, descriptor: [0, 0, 0, 0] },
  ],
  dynamic: {
    needed: ['libc.so.6', 'libm.so.6'],
    soname: 'libx.so',
    runpath: '/opt/lib',
    flags1: 1,
    symbols: [{ name: 'environ', size: 0x2000 }],
    rela: [
      { offset: 0x8049300, type: 8 },
      { offset: 0x8049400, type: 5, symbol: 1 },
    ],
    rel: [{ offset: 0x8049310, type: 8 }],
    jmprel: [{ offset: 0x8049320, type: 7, symbol: 1 }],
    relr: [0x8049300n, 0x8049308n, 0x8049330n],
  },
});
