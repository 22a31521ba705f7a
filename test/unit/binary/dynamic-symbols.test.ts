import assert from 'node:assert/strict';
import { readElf } from '../../../src/binary/elf.js';
import { dynamicSymbols } from '../../../src/binary/elf-dynamic-symbols.js';
import { readSymbolIndex } from '../../../src/binary/elf-symbol-index.js';
import { type ByteSource, memorySource } from '../../../src/binary/source.js';
import { buildElf, type Word } from '../../support/elf-builder.js';

const DT_HASH = 4;
const DT_GNU_HASH = 0x6ffffef5;
const TABLE = 0x800000;

describe('symbols without section headers', () => {
  for (const width of [32, 64] as const) {
    for (const littleEndian of [true, false]) {
      const encoding = { class: width, littleEndian };
      /** @param words a hash table */
      const fileWith = (tag: number, words: readonly number[]) => {
        const content = new Uint8Array(words.length * 4);
        const view = new DataView(content.buffer);
        for (const [i, word] of words.entries()) view.setUint32(i * 4, word, littleEndian);
        const symbols = ['counter', 'table', 'run'].map((name, i) => ({
          name,
          address: 0x1000 + i * 8,
          size: 8,
        }));
        const entries: (readonly [Word, Word])[] = [[tag, TABLE]];
        const image = buildElf({
          ...encoding,
          machine: 62,
          type: 3,
          segments: [{ address: TABLE, content }],
          dynamic: { symbols: symbols.map((symbol) => ({ ...symbol, section: 7 })), entries },
          noSectionTable: true,
        });
        const source = memorySource(image);
        const { binary } = readElf(source);
        assert(binary);
        assert.equal(binary.sections.length, 0);
        return { source, binary, content };
      };
      const indexWith = (tag: number, words: readonly number[]) => {
        const { source, binary } = fileWith(tag, words);
        return readSymbolIndex(source, binary);
      };
      const filter = width === 64 ? [0, 0] : [0];

      it(`of ${width} bits, ${littleEndian ? 'little' : 'big'}-endian: as many as a hash table says`, () => {
        for (const index of [
          indexWith(DT_HASH, [1, 4, 1, 0, 2, 3, 0]),
          indexWith(DT_GNU_HASH, [2, 1, 1, 0, ...filter, 1, 2, 3, 2, 5]),
        ]) {
          assert.equal(index?.count, 3);
          assert.equal(index.isWhole, false);
          assert.equal(index.lookup('table')[0]?.address, 0x1008n);
          assert.equal(index.lookup('table')[0]?.section, undefined);
        }
      });

      it(`of ${width} bits, ${littleEndian ? 'little' : 'big'}-endian: of a wild hash table, what there is`, () => {
        assert.equal(indexWith(DT_HASH, [1]), undefined);
        assert.equal(indexWith(1234, [1, 4]), undefined);
        assert.equal(indexWith(DT_GNU_HASH, [0]), undefined);
        // Chains without an end, and buckets by the billion.
        assert.equal(indexWith(DT_GNU_HASH, [1, 1, 1, 0, ...filter, 1, 2, 2]), undefined);
        assert.equal(indexWith(DT_GNU_HASH, [1, 1, 1, 0, ...filter, 0xffffffff, 3]), undefined);
        assert.equal(indexWith(DT_GNU_HASH, [0xffffffff, 1, 0xffffffff, 0]), undefined);
        const huge = indexWith(DT_HASH, [1, 0xffffffff]);
        assert((huge?.count ?? 0) < 1000);
        assert.equal(huge?.lookup('counter').length, 1);
        assert.match(huge?.diagnostics[0]?.message ?? '', /but the file ends after \d+ of them/);
      });

      it(`of ${width} bits, ${littleEndian ? 'little' : 'big'}-endian: of a terabyte of hash table, no more than is asked for`, () => {
        for (const buckets of [1, 0xffffffff]) {
          const { source, binary, content } = fileWith(DT_GNU_HASH, [
            buckets,
            1,
            1,
            0,
            ...filter,
            1,
          ]);
          // Nothing follows the table but zeros, none of which ends a chain.
          const segments = binary.segments.map((segment) =>
            segment.address === BigInt(TABLE)
              ? { ...segment, offset: 2n ** 40n, fileSize: 2n ** 40n }
              : segment,
          );
          const table = memorySource(content);
          let left = 1 << 20;
          const endless: ByteSource = {
            size: 2 ** 41,
            read(offset, length) {
              left -= length;
              assert.ok(left > 0, 'it reads on and on');
              const bytes = new Uint8Array(length);
              const far = offset - 2 ** 40;
              bytes.set(far < 0 ? source.read(offset, length) : table.read(far, length));
              return bytes;
            },
          };
          const found = dynamicSymbols(endless, { ...binary, segments }, 100_000, () => {});
          assert.equal(found, undefined);
        }
      });
    }
  }
});
