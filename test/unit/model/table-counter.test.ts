import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Block } from '../../../src/model/mapping.js';
import { eachRun, type Runs, union } from '../../../src/model/runs.js';
import { tableCounter } from '../../../src/model/table-counter.js';

const SPANS = [8, 64, 512];

const pages: fc.Arbitrary<Runs> = fc
  .array(fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 20 })), { maxLength: 5 })
  .map((runs) => union(...runs.map(([start, length]) => [start, start + length])));

const blocks: fc.Arbitrary<Block> = fc.tuple(pages, pages).map(([least, more]) => ({
  mappings: [],
  pages: 320,
  resident: union(least, more),
  residentLeast: least,
}));

/** Blocks, and the free pages below each at several placements. */
const placements = fc.array(blocks, { minLength: 1, maxLength: 5 }).chain((several) =>
  fc.tuple(
    fc.constant(several),
    fc.array(fc.array(fc.nat(1500), { minLength: several.length, maxLength: several.length }), {
      minLength: 1,
      maxLength: 5,
    }),
  ),
);

/** Page by page. */
function tablesOf(placed: readonly { runs: Runs; base: number }[], span: number): number {
  const tables = new Set<number>();
  for (const { runs, base } of placed) {
    eachRun(runs, (start, end) => {
      for (let page = start; page < end; page++) tables.add(Math.floor((base + page) / span));
    });
  }
  return tables.size;
}

describe('Counting tables', () => {
  it('gives what counting page by page gives, wherever the blocks are and in any order', () => {
    fc.assert(
      fc.property(placements, fc.boolean(), ([several, gaps], descending) => {
        const counter = tableCounter(SPANS);
        for (const free of gaps) {
          let next = 0;
          const placed = several.map((block, i) => {
            const base = next + (free[i] ?? 0);
            next = base + block.pages;
            return { block, base };
          });
          counter.count(descending ? placed.toReversed() : placed);
          for (const [level, span] of SPANS.entries()) {
            const all = placed.map(({ block, base }) => ({ runs: block.resident, base }));
            const sure = placed.map(({ block, base }) => ({ runs: block.residentLeast, base }));
            assert.equal(counter.most[level], tablesOf(all, span));
            assert.equal(counter.least[level], tablesOf(sure, span));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
