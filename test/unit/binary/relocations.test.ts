import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PageSet } from '../../../src/binary/binary.js';
import {
  buildElf,
  type DynamicSpec,
  EM_386,
  EM_AARCH64,
  EM_MIPS,
  EM_X86_64,
  ET_DYN,
  type ImageSpec,
} from '../../support/elf-builder.js';
import { ENCODINGS, encodingName } from '../../support/encodings.js';
import { complaints, readImage, readSound } from '../../support/read-image.js';

const COPY = 5; // of both x86 machines
const RELATIVE = 8;

/** The pages of byte ranges, one page at a time: what the reader must agree with. */
function pagesOf(ranges: readonly (readonly [address: bigint, size: bigint])[]): PageSet {
  const pages = new Set<number>();
  for (const [address, size] of ranges) {
    for (let page = address >> 12n; page <= (address + size - 1n) >> 12n; page++) {
      pages.add(Number(page));
    }
  }
  const runs: number[] = [];
  for (const page of [...pages].sort((a, b) => a - b)) {
    if (runs.at(-1) === page) runs.pop();
    else runs.push(page);
    runs.push(page + 1);
  }
  return runs;
}

const starts = (addresses: readonly bigint[]) => pagesOf(addresses.map((address) => [address, 1n]));

describe('pages written by relocation', () => {
  for (const encoding of ENCODINGS) {
    describe(encodingName(encoding), () => {
      const wide = encoding.class === 64;
      const image = (dynamic: DynamicSpec, extras: Partial<ImageSpec> = {}): ImageSpec => ({
        ...encoding,
        type: ET_DYN,
        machine: wide ? EM_X86_64 : EM_386,
        dynamic,
        ...extras,
      });
      const relocated = (dynamic: DynamicSpec) => readSound(image(dynamic)).relocated;

      const highest = wide ? 0xffff_ffff_ffff_f000n : 0xffff_f000n;
      /** Near each other, so that pages repeat and adjoin, or anywhere. */
      const address = fc.oneof(
        fc.bigInt(0x10_0000n, 0x14_0000n),
        fc.bigInt(0x7fff_f000n, 0x8000_1000n),
        fc.bigInt(0n, highest),
      );

      it('has every target of every table', () => {
        const addresses = fc.array(address, { maxLength: 60 });
        fc.assert(
          fc.property(addresses, addresses, addresses, (rela, rel, jmprel) => {
            const table = (offsets: readonly bigint[], type: number) =>
              offsets.map((offset, i) => ({ offset, type, symbol: i, addend: -1 }));
            const pages = relocated({
              rela: table(rela, RELATIVE),
              rel: table(rel, 1),
              jmprel: table(jmprel, 7),
            });
            assert.deepEqual(pages, starts([...rela, ...rel, ...jmprel]));
          }),
        );
      });

      it('has the targets that RELR packs', () => {
        const word = wide ? 8n : 4n;
        // Dense runs of words with holes, which is what bitmaps are made of, and single addresses.
        const run = fc
          .tuple(fc.bigInt(0n, 0x8_0000n), fc.array(fc.bigInt(1n, 70n), { maxLength: 150 }))
          .map(([start, steps]) => {
            let at = start * 2n;
            return [at, ...steps.map((step) => (at += step * word))];
          });
        fc.assert(
          fc.property(fc.array(run, { maxLength: 4 }), (runs) => {
            const addresses = [...new Set(runs.flat())].sort((a, b) => (a < b ? -1 : 1));
            assert.deepEqual(relocated({ relr: addresses }), starts(addresses));
          }),
        );
      });

      it('has all of a variable that is copied from a library', () => {
        const copy = fc.record({ offset: fc.bigInt(0x1000n, 0x40_0000n), size: fc.nat(0x3000) });
        fc.assert(
          fc.property(fc.array(copy, { maxLength: 8 }), (copies) => {
            const pages = relocated({
              symbols: copies.map(({ size }, i) => ({ name: `v${i}`, size })),
              rela: copies.map(({ offset }, i) => ({ offset, type: COPY, symbol: i + 1 })),
            });
            const ranges = copies.map(({ offset, size }) => [offset, BigInt(size || 1)] as const);
            assert.deepEqual(pages, pagesOf(ranges));
          }),
        );
      });

      it('knows COPY by the type of the machine', () => {
        const dynamic = {
          symbols: [{ name: 'v', size: 0x5000 }],
          rela: [{ offset: 0x1000, type: 1024, symbol: 1 }],
        };
        if (!wide) return assert.deepEqual(relocated({ ...dynamic, rela: [] }), []);
        assert.deepEqual(relocated(dynamic), [1, 2]);
        assert.deepEqual(readSound(image(dynamic, { machine: EM_AARCH64 })).relocated, [1, 6]);
      });

      it('tells those apart that only add the load address', () => {
        const SYMBOLIC = 1;
        const addresses = fc.array(address, { maxLength: 40 });
        fc.assert(
          fc.property(addresses, addresses, addresses, (relative, symbolic, packed) => {
            const table = (offsets: readonly bigint[], type: number) =>
              offsets.map((offset) => ({ offset, type, symbol: 0, addend: 0 }));
            const relr = [...new Set(packed.map((a) => a & ~7n))].sort((a, b) => (a < b ? -1 : 1));
            const { relocated, relocatedWhenFixed } = readSound(
              image({
                rela: [...table(relative, RELATIVE), ...table(symbolic, SYMBOLIC)],
                relr,
              }),
            );
            assert.deepEqual(relocated, starts([...relative, ...symbolic, ...relr]));
            assert.deepEqual(relocatedWhenFixed, starts(symbolic));
          }),
        );
      });

      it('leaves out entries of type NONE', () => {
        const rela = [{ offset: 0x5000, type: 0, symbol: 3 }];
        assert.deepEqual(relocated({ rela, jmprel: rela }), []);
      });

      it('reads tables that are larger than one read', () => {
        const addresses = Array.from({ length: 20_000 }, (_, i) => BigInt(0x10_0000 + i * 0x2000));
        const rela = addresses.map((offset) => ({ offset, type: RELATIVE }));
        assert.deepEqual(relocated({ rela }), starts(addresses));
        assert.deepEqual(relocated({ relr: addresses }), starts(addresses));
      });

      it('keeps 65,536 runs of pages, and says that there are more', () => {
        const most = 1 << 16;
        const everyOther = (count: number) => ({
          relr: Array.from({ length: count }, (_, i) => BigInt(i) * 0x2000n),
        });
        assert.equal(relocated(everyOther(most)).length, 2 * most);
        const more = buildElf(image(everyOther(most + 1)));
        assert.deepEqual(readImage(more).relocated.slice(-2), [2 * most - 2, 2 * most - 1]);
        assert.deepEqual(complaints(more), ['limit']);
      });

      it('goes on where a table, or part of one, is not in the file', () => {
        const DT_REL = 17;
        const DT_RELSZ = 18;
        const rela = [{ offset: 0x5000, type: RELATIVE }];
        const outside = {
          rela,
          entries: [
            [DT_REL, 0x7000_0000],
            [DT_RELSZ, 16],
          ] as const,
        };
        const missing = buildElf(image(outside));
        assert.deepEqual(complaints(missing), ['bad-relocations']);
        assert.deepEqual(readImage(missing).relocated, [5, 6]);

        const DT_RELASZ = 8;
        const cut = buildElf(image({ rela, entries: [[DT_RELASZ, 0x7fff_ffff]] }));
        assert.deepEqual(complaints(cut), ['bad-relocations']);
        // What follows the table is read as entries, too.
        assert.ok(readImage(cut).relocated.some((page, i) => page === 5 && i % 2 === 0));
      });

      it('stops where copied variables are larger than any program', () => {
        const size = wide ? 1n << 62n : 0xffff_ffffn;
        const pages = relocated({
          symbols: [{ name: 'v', size }],
          rela: [{ offset: 0x1000, type: COPY, symbol: 1 }],
        });
        assert.deepEqual(pages, [1, 1 + 1 + 16_384]);
      });
    });
  }

  // r_sym is the first half of MIPS64's r_info and r_type the last byte, in either byte order.
  for (const littleEndian of [true, false]) {
    it(`reads MIPS64 entries, ${littleEndian ? 'little' : 'big'}-endian`, () => {
      const entry = (offset: number, type: number, symbol: number) => {
        const swapped = { offset, type: symbol, symbol: type * 2 ** 24 };
        return littleEndian ? swapped : { offset, type, symbol };
      };
      const REL32 = 3;
      const MIPS_COPY = 126;
      const binary = readSound({
        class: 64,
        littleEndian,
        type: ET_DYN,
        machine: EM_MIPS,
        dynamic: {
          symbols: [{ name: 'v', size: 0x2001 }],
          rel: [entry(0x1000, REL32, 0), entry(0x8000, MIPS_COPY, 1), entry(0x3000, 0, 7)],
        },
      });
      assert.deepEqual(binary.relocated, [1, 2, 8, 11]);
    });
  }
});
