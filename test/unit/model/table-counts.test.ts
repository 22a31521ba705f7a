import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clusterOf } from '../../../src/model/cluster.js';
import type { Block } from '../../../src/model/mapping.js';
import { blocksAt, type Process, rigid } from '../../../src/model/process.js';
import { eachRun, type Runs, union } from '../../../src/model/runs.js';
import { tableCounts } from '../../../src/model/table-counts.js';
import { type Geometry, X86_64_LA57 } from '../../../src/system/geometry.js';

const level = (name: 'PTE' | 'PMD' | 'PUD' | 'PGD', coverBits: number) => ({
  name,
  coverBits,
  entries: 8,
  entryBytes: 8,
  tableBytes: 64,
});

/** Tables so small that a few hundred pages need many: of 8, 64 and 512 pages of a byte. */
const SMALL: Geometry = {
  id: 'small',
  name: 'small',
  pageSize: 1,
  userBits: 30,
  levels: [level('PTE', 3), { ...level('PMD', 6), always: 3 }, level('PUD', 9), level('PGD', 30)],
  source: 'none',
};
const SPANS = [8, 64, 512];

const pages: fc.Arbitrary<Runs> = fc
  .array(fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 20 })), { maxLength: 5 })
  .map((runs) => union(...runs.map(([start, length]) => [start, start + length])));

const blocks: fc.Arbitrary<Block> = fc.tuple(pages, pages, pages).map(([least, more, rest]) => ({
  mappings: [],
  pages: 320,
  resident: union(least, more),
  residentLeast: least,
  residentMost: union(least, more, rest),
}));

/** Free pages below each of several blocks. */
const gaps = (count: number) => fc.array(fc.nat(1500), { minLength: count, maxLength: count });

/** Blocks of two parts, one beside the other or each among the other's, and where they lie. */
const processes: fc.Arbitrary<Process> = fc
  .tuple(fc.array(blocks, { minLength: 2, maxLength: 5 }), fc.boolean())
  .chain(([several, mixed]) =>
    fc.array(gaps(several.length), { minLength: 1, maxLength: 4 }).map((placements) => {
      const isFirst = (i: number) => (mixed ? i % 2 === 0 : i < several.length / 2);
      const placed = placements.map((free) => {
        let end = 0;
        return several.map((block, i) => {
          const base = end + (free[i] ?? 0);
          end = base + block.pages;
          return { block, base };
        });
      });
      const part = (first: boolean) => ({
        clusters: placed.map((all) =>
          clusterOf(
            all.filter((_, i) => isFirst(i) === first),
            SPANS[0] ?? 1,
          ),
        ),
        which: Uint16Array.from(placed, (_, i) => i),
        bases: new Float64Array(placed.length),
      });
      return {
        blocks: several,
        randomised: true,
        placements: placements.length,
        parts: [part(false), part(true)],
        stackPages: { mean: 0, min: 0, max: 0 },
      };
    }),
  );

/** Page by page. */
function tablesIn(process: Process, placement: number, which: keyof Block, span: number): number {
  const tables = new Set<number>();
  for (const { block, base } of blocksAt(process.parts, placement)) {
    eachRun(block[which] as Runs, (start, end) => {
      for (let page = start; page < end; page++) tables.add(Math.floor((base + page) / span));
    });
  }
  return Math.max(tables.size, span === 64 ? 3 : 0);
}

describe('Counting tables', () => {
  it('gives what counting page by page gives, wherever the parts are', () => {
    fc.assert(
      fc.property(processes, (process) => {
        const { levels, totals } = tableCounts(process, SMALL);
        const placements = [...totals.keys()];
        const all = SPANS.map((span) =>
          placements.map((i) => tablesIn(process, i, 'resident', span)),
        );
        const sure = SPANS.map((span) =>
          placements.map((i) => tablesIn(process, i, 'residentLeast', span)),
        );
        const most = SPANS.map((span) =>
          placements.map((i) => tablesIn(process, i, 'residentMost', span)),
        );
        const add = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
        assert.deepEqual(
          levels,
          all.map((each, l) => ({
            sum: add(each),
            min: Math.min(...(sure[l] ?? [])),
            max: Math.max(...(most[l] ?? [])),
          })),
        );
        assert.deepEqual(
          [...totals],
          placements.map((i) => add(all.map((each) => each[i] ?? 0))),
        );
      }),
      { numRuns: 300 },
    );
  });

  for (const bits of [40, 43]) {
    it(`are as many as a file claims: those of 2^${bits} pages, of the 2^44 that five levels have`, () => {
      const pages = 2 ** bits;
      const all: Block = { mappings: [], pages, resident: [0, pages], residentLeast: [0, pages] };
      const process: Process = {
        blocks: [all],
        randomised: false,
        placements: 1,
        parts: [rigid(clusterOf([{ block: all, base: 0 }], 512), Float64Array.of(0))],
        stackPages: { mean: 0, min: 0, max: 0 },
      };
      const { levels, totals } = tableCounts(process, X86_64_LA57);
      const tables = [9, 18, 27, 36].map((covered) => 2 ** (bits - covered));
      assert.deepEqual(
        levels.map(({ sum }) => sum),
        tables,
      );
      assert.equal(
        totals[0],
        tables.reduce((a, b) => a + b),
      );
    });
  }
});
