import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Encoding } from '../../../src/binary/fields.js';
import { buildElf, type HeaderField, headerFields, withField } from '../../support/elf-builder.js';
import { ENCODINGS, encodingName } from '../../support/encodings.js';
import { everything, readHostile } from '../../support/hostile.js';
import { readSound } from '../../support/read-image.js';

/** Values that broke readers before; each is cut to the field's width. */
const VALUES = [0n, 1n, 1n << 31n, 1n << 53n, 1n << 63n, (1n << 64n) - 1n];
const MUTATIONS = 10_000;

describe('hostile input', () => {
  for (const path of ['sample/tiny-nolibc', 'sample/tiny.freebsd']) {
    it(`is read at every length of ${path}`, () => {
      const bytes = readFileSync(path);
      let whole = 0;
      for (let length = 0; length <= bytes.length; length++) {
        const { diagnostics } = readHostile(bytes.subarray(0, length));
        if (diagnostics.length === 0) whole++;
      }
      // Only the section table's end, which is the file's, can be gone without anyone missing it.
      assert.equal(whole, 1, 'a cut went unnoticed');
    });
  }

  for (const encoding of ENCODINGS) {
    describe(encodingName(encoding), () => {
      const image = buildElf(everything(encoding));

      it('is read at every length', () => {
        readSound(everything(encoding));
        for (let length = 0; length < image.length; length++) {
          readHostile(image.subarray(0, length));
        }
      });

      it('is read whatever stands in one field', () => {
        const fields = [...headerFields(image), ...contentFields(image)];
        assert.ok(fields.length > 250, `${fields.length} fields`);
        for (const field of fields) {
          for (const value of VALUES) readHostile(withField(image, field, value));
        }
      });

      it('is read whatever stands in two fields of the headers', () => {
        const fields = headerFields(image);
        const any = fc.tuple(fc.constantFrom(...fields), fc.constantFrom(...VALUES));
        fc.assert(
          fc.property(any, any, ([first, a], [second, b]) => {
            readHostile(withField(withField(image, first, a), second, b));
          }),
          { numRuns: 2000 },
        );
      });

      it('is read where only the first bytes are those of an ELF file', () => {
        const ident = [...image.subarray(0, 16)];
        fc.assert(
          fc.property(fc.uint8Array({ maxLength: 2000 }), (rest) => {
            readHostile(Uint8Array.from([...ident, ...rest]));
          }),
          { numRuns: 500 },
        );
      });
    });
  }

  it('is read when it is random', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readHostile(bytes)));
  });

  it(`is read after ${MUTATIONS} seeded mutations of samples and fixtures`, () => {
    const seeds = [...filesOf('sample'), ...filesOf('test/fixtures')].filter(
      (bytes) => bytes.length < 32_768,
    );
    assert.ok(seeds.length >= 8, `${seeds.length} files`);
    const random = randomNumbers(20030624);
    for (let i = 0; i < MUTATIONS; i++) {
      const bytes = Uint8Array.from(seeds[i % seeds.length] as Uint8Array);
      for (let n = random(8); n >= 0; n--) mutate(bytes, random);
      readHostile(bytes);
    }
  });
});

describe('work on large hostile input', () => {
  const LITTLE_64: Encoding = { class: 64, littleEndian: true };

  it('is linear in sections whose names never end', () => {
    const count = 262_144;
    const table = 4 << 20;
    const image = bareImage(64 + 64 * count + table);
    image.word(40, 64).half(58, 64).half(62, 1); // e_shoff, e_shentsize, e_shstrndx
    image.word(64 + 32, count); // section 0: how many there are
    for (let i = 1; i < count; i++) image.half(64 + 64 * i, i);
    image.word(128 + 24, 64 + 64 * count).word(128 + 32, table); // section 1: the names
    image.bytes.fill(0x61, 64 + 64 * count);
    const ended = readHostile(image.bytes).binary?.sections ?? [];
    assert.equal(ended.length, count);
    assert.equal(ended[9]?.name, '');
    // And where the one end is at the table's end, each name is megabytes.
    image.bytes[image.bytes.length - 1] = 0;
    const { binary, diagnostics } = readHostile(image.bytes);
    assert.equal(binary?.sections[9]?.name.length, 4096);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['limit'],
    );
  });

  it('is bounded in note segments that all name the same bytes', () => {
    const segments = Array.from({ length: 60_000 }, () => ({
      type: 4,
      address: 0x400000,
      fileSize: 0x4000,
    }));
    const load = { offset: 0, address: 0x400000, fileSize: 0x8000 };
    const image = buildElf({ ...LITTLE_64, machine: 62, segments: [load, ...segments] });
    const { binary } = readHostile(image);
    assert.equal(binary?.segments.length, 60_001);
  });

  it('is bounded in relocations that all copy megabytes', () => {
    const copy = { offset: 0x500000, type: 5, symbol: 1 };
    const image = buildElf({
      ...LITTLE_64,
      machine: 62,
      dynamic: {
        symbols: [{ name: 'v', size: 1n << 40n }],
        rela: Array.from({ length: 100_000 }, () => copy),
      },
    });
    const { binary, diagnostics } = readHostile(image);
    assert.equal(binary?.relocated.length, 2);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['limit'],
    );
  });

  it('is linear in RELR bitmaps with every bit set', () => {
    const size = 16 << 20;
    const load = { address: 0x400000, content: new Uint8Array(size).fill(0xff) };
    const image = buildElf({
      ...LITTLE_64,
      machine: 62,
      segments: [load],
      dynamic: {
        entries: [
          [36, 0x400000],
          [35, size],
        ],
      },
    });
    const { binary } = readHostile(image);
    assert.deepEqual(binary?.relocated, [0, ((size / 8) * 63 * 8) / 4096]);
  });
});

/** Every word and half-word of what the program headers point to, as if it were a field. */
function contentFields(image: Uint8Array): HeaderField[] {
  const { segments } = readAny(image);
  const extras = segments.at(-1);
  const start = Number(extras?.offset);
  const end = start + Number(extras?.fileSize);
  const fields: HeaderField[] = [];
  for (const width of [4, 8] as const) {
    for (let offset = start; offset + width <= end; offset += width) {
      fields.push({ name: `word at ${offset}`, offset, width });
    }
  }
  return fields;
}

const readAny = (image: Uint8Array) => {
  const { binary } = readHostile(image);
  assert.ok(binary);
  return binary;
};

function filesOf(directory: string): Uint8Array[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => readFileSync(join(directory, entry.name)))
    .filter((bytes) => bytes.subarray(1, 4).toString('latin1') === 'ELF');
}

/** Changes a byte, or a word to one of VALUES; mostly in the headers, which come first and last. */
function mutate(bytes: Uint8Array, random: (below: number) => number) {
  const near = Math.min(bytes.length, 1024);
  const at = [random(near), bytes.length - 1 - random(near), random(bytes.length)][random(3)] ?? 0;
  if (random(2) === 0) {
    bytes[at] = random(256);
    return;
  }
  const value = VALUES[random(VALUES.length)] ?? 0n;
  for (let i = 0; i < 8 && at + i < bytes.length; i++) {
    bytes[at + i] = Number((value >> BigInt(8 * i)) & 0xffn);
  }
}

/** A linear congruential generator (Numerical Recipes): the same numbers on every machine. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A 64-bit little-endian file header with nothing in it, and room behind it. */
function bareImage(size: number) {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  const image = {
    bytes,
    half(at: number, value: number) {
      view.setUint32(at, value, true);
      return image;
    },
    word(at: number, value: number) {
      view.setBigUint64(at, BigInt(value), true);
      return image;
    },
  };
  image.half(20, 1); // e_version
  return image;
}
