import assert from 'node:assert/strict';
import { readElf } from '../../../src/binary/elf.js';
import { memorySource } from '../../../src/binary/source.js';
import { buildElf, EM_X86_64, ET_DYN } from '../../support/elf-builder.js';

const DT_VERDEF = 0x6ffffffc;
const DT_VERDEFNUM = 0x6ffffffd;
const DT_VERNEED = 0x6ffffffe;
const DT_VERNEEDNUM = 0x6fffffff;
const TABLE = 0x10000;

/** vd_hash and vna_hash as GNU ld writes them, read off files of glibc 2.36. */
const HASH = { '2.2.5': 0x09691a75, '2.34': 0x069691b4, '2.36': 0x069691b6 } as const;
type Version = keyof typeof HASH;

type Fields = readonly (readonly [value: number, bytes: 2 | 4])[];

function bytesOf(fields: Fields, littleEndian: boolean): number[] {
  return fields.flatMap(([value, width]) => {
    const bytes = Array.from({ length: width }, (_, i) => (value >>> (8 * i)) & 0xff);
    return littleEndian ? bytes : bytes.reverse();
  });
}

/** Verdef with its Verdaux: version, flags, index, count, hash, aux, next; name, next. */
const defined = (hash: number, next: number): Fields => [
  ...([1, 0, 2, 1] as const).map((value) => [value, 2] as const),
  ...([hash, 20, next, 1, 0] as const).map((value) => [value, 4] as const),
];

/** Verneed and its only Vernaux: version, count, file, aux, next; hash, flags, other, name, next. */
const needed = (hash: number, next: number, count = 1): Fields => [
  [1, 2],
  [count, 2],
  ...([1, 16, next, hash] as const).map((value) => [value, 4] as const),
  [0, 2],
  [2, 2],
  [1, 4],
  [0, 4],
];

function versions(
  table: readonly Fields[],
  count: number | bigint,
  kind: 'defined' | 'needed',
  { bits = 64, littleEndian = true }: { bits?: 32 | 64; littleEndian?: boolean } = {},
) {
  const content = table.flatMap((fields) => bytesOf(fields, littleEndian));
  const [place, number] =
    kind === 'defined' ? [DT_VERDEF, DT_VERDEFNUM] : [DT_VERNEED, DT_VERNEEDNUM];
  const image = buildElf({
    class: bits,
    littleEndian,
    machine: EM_X86_64,
    type: ET_DYN,
    segments: [{ address: TABLE, content }],
    dynamic: {
      entries: [
        [place, TABLE],
        [number, count],
      ],
    },
  });
  const { binary } = readElf(memorySource(image));
  const { glibcDefined, glibcNeeded } = binary?.dynamic ?? {};
  return kind === 'defined' ? glibcDefined : glibcNeeded;
}

const hashes = (...names: Version[]) => names.map((name) => HASH[name]);

describe('glibc’s symbol versions', () => {
  for (const bits of [64, 32] as const) {
    for (const littleEndian of [true, false]) {
      const encoding = { bits, littleEndian };
      it(`are the highest defined and needed, ${bits}-bit ${littleEndian ? 'little' : 'big'}-endian`, () => {
        const all = hashes('2.2.5', '2.36', '2.34');
        const last = all.length - 1;
        const definitions = all.map((hash, i) => defined(hash, i < last ? 28 : 0));
        assert.equal(versions(definitions, 3, 'defined', encoding), 36);
        const needs = all.map((hash, i) => needed(hash, i < last ? 32 : 0));
        assert.equal(versions(needs, 3, 'needed', encoding), 36);
      });
    }
  }

  it('are none where all that is named is of another kind', () => {
    assert.equal(versions([defined(HASH['2.2.5'], 0)], 1, 'defined'), undefined);
    assert.equal(versions([needed(0x12345678, 0)], 1, 'needed'), undefined);
  });

  it('are not known where the table leads out of itself, nor looked for without end', () => {
    const sound = defined(HASH['2.36'], 28);
    for (const next of [1, 19, 29, 0x7fffffff, 0xffffffff]) {
      assert.equal(versions([sound, defined(HASH['2.34'], next)], 3, 'defined'), undefined);
    }
    assert.equal(versions([sound], 2 ** 32 - 1, 'defined'), undefined);
    assert.equal(versions([defined(HASH['2.36'], 0)], 2n ** 63n, 'defined'), 36);
    assert.equal(versions([needed(HASH['2.36'], 32)], 2, 'needed'), undefined);
    // Thousands of files that each lead to all the versions behind them.
    const many = Array.from({ length: 500 }, () => needed(HASH['2.34'], 16, 0xffff));
    assert.equal(versions(many, 0xffff, 'needed'), undefined);
  });
});
