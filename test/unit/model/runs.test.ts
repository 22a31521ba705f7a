import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  coarsen,
  count,
  intersect,
  type Runs,
  run,
  shift,
  subtract,
  union,
} from '../../../src/model/runs.js';

/** Interval sets against sets of single numbers, which cannot be wrong. */
describe('runs are sets of numbers', () => {
  const some = fc
    .array(fc.tuple(fc.nat(60), fc.nat(12)), { maxLength: 8 })
    .map((pairs) => union(...pairs.map(([start, length]) => run(start, length))));
  const members = (runs: Runs): number[] => {
    const all: number[] = [];
    for (let i = 0; i < runs.length; i += 2) {
      for (let n = runs[i] as number; n < (runs[i + 1] as number); n++) all.push(n);
    }
    return all;
  };
  const isCanonical = (runs: Runs) => runs.every((n, i) => i === 0 || n > (runs[i - 1] as number));
  const same = (runs: Runs, expected: Iterable<number>) => {
    assert.ok(isCanonical(runs), `not sorted and disjoint: ${runs}`);
    assert.deepEqual(
      members(runs),
      [...new Set(expected)].sort((a, b) => a - b),
    );
  };

  it('unites, intersects and subtracts', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        const inB = new Set(members(b));
        same(union(a, b), [...members(a), ...members(b)]);
        same(
          intersect(a, b),
          members(a).filter((n) => inB.has(n)),
        );
        same(
          subtract(a, b),
          members(a).filter((n) => !inB.has(n)),
        );
        assert.equal(count(a), members(a).length);
      }),
    );
  });

  it('shifts and coarsens', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 9 }), (a, size) => {
        same(
          shift(a, size),
          members(a).map((n) => n + size),
        );
        same(
          coarsen(a, size),
          members(a).map((n) => Math.floor(n / size)),
        );
      }),
    );
  });

  it('takes a terabyte as one run', () => {
    assert.equal(count(coarsen(run(0, 2 ** 40), 4096)), 2 ** 28);
  });
});
