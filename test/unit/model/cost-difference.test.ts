import assert from 'node:assert/strict';
import { readElf } from '../../../src/binary/elf.js';
import { memorySource } from '../../../src/binary/source.js';
import type { Category, Cost } from '../../../src/model/cost.js';
import { differ, sumDifference, totalDifference } from '../../../src/model/cost-difference.js';
import { otherMachine, otherSystem } from '../../../src/model/incomparable.js';
import type { Program } from '../../../src/model/program.js';
import { totalBytes } from '../../../src/model/total.js';
import { FREEBSD_4_8_I386 } from '../../../src/system/freebsd-4.8-i386.js';
import { buildElf } from '../../support/elf-builder.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const GLIBC = sampleProgram('tiny-glibc-static');
const MUSL = sampleProgram('tiny-musl');
const NOLIBC = sampleProgram('tiny-nolibc');
const DYNAMIC = sampleProgram('tiny-glibc');
const missing = (...names: string[]): Program => ({
  ...DYNAMIC,
  missing: names.map((name) => ({ name, reason: 'Not found.' })),
});

/** A program of `pages` pages of data, with a relocation on each of the first `relocated`. */
function relocating(relocated: number): Program {
  const { binary } = readElf(
    memorySource(
      buildElf({
        class: 64,
        machine: 62,
        type: 3,
        segments: [{ flags: 6, address: 0x1000, content: new Uint8Array(10 * 4096) }],
        dynamic: {
          rela: Array.from({ length: relocated }, (_, i) => ({
            offset: 0x1000 + i * 4096,
            type: 8,
          })),
        },
      }),
    ),
  );
  assert.ok(binary);
  return { path: 'x', binary, interpreter: undefined, libraries: [], missing: [] };
}

const COSTS = [GLIBC, MUSL, NOLIBC, DYNAMIC, missing('a', 'a', 'b'), relocating(3)].map((program) =>
  costOf(program),
);

describe('The difference of two costs', () => {
  it('has sums that are those of the two costs, whatever rows they have', () => {
    const CATEGORIES: readonly Category[] = ['private', 'page-tables', 'kernel', 'shared'];
    const sumOf = (cost: Cost, category: Category) =>
      cost.rows.reduce((sum, row) => sum + (row.category === category ? (row.bytes ?? 0) : 0), 0);
    for (const before of COSTS) {
      for (const after of COSTS) {
        const difference = differ(before, after);
        for (const category of CATEGORIES) {
          const { before: a, after: b, difference: d } = difference.sums[category];
          assert.deepEqual([a, b, d], [sumOf(before, category), sumOf(after, category), b - a]);
        }
        const { perProcess } = difference;
        assert.equal(perProcess.before, before.perProcess.bytes);
        assert.equal(perProcess.after, after.perProcess.bytes);
        const total = totalDifference(difference, 10_000);
        assert.equal(total.before, totalBytes(before, 10_000));
        assert.equal(total.after, totalBytes(after, 10_000));
        assert.equal(total.difference, total.after - total.before);
      }
    }
  });

  it('has every row of the two costs once, the biggest difference first', () => {
    for (const before of COSTS) {
      for (const after of COSTS) {
        const { rows } = differ(before, after);
        const own = (side: 'before' | 'after') =>
          rows.map((row) => row[side]).filter((row) => row !== undefined);
        assert.deepEqual(new Set(own('before')), new Set(before.rows));
        assert.deepEqual(new Set(own('after')), new Set(after.rows));
        const sizes = rows.map(({ difference }) => Math.abs(difference ?? 0.5));
        assert.deepEqual(
          sizes,
          sizes.toSorted((a, b) => b - a),
        );
      }
    }
  });

  it('is the opposite the other way round', () => {
    const there = differ(COSTS[0] as Cost, COSTS[1] as Cost);
    const back = differ(COSTS[1] as Cost, COSTS[0] as Cost);
    assert.notEqual(there.perProcess.difference, 0);
    assert.equal(there.perProcess.difference, -back.perProcess.difference);
    const ids = (rows: readonly { difference: number | undefined }[]) =>
      rows.map(({ difference }) => difference && Math.abs(difference));
    assert.deepEqual(ids(there.rows), ids(back.rows));
  });

  it('is nothing between a program and itself, also in a file of another name', () => {
    // As long as each other: the stack holds the path.
    const renamed = { ...GLIBC, path: 'elsewhere/tiny:glibc-new' };
    assert.equal(renamed.path.length, GLIBC.path.length);
    for (const program of [GLIBC, renamed]) {
      for (const { before, after, difference, changes } of differ(costOf(GLIBC), costOf(program))
        .rows) {
        assert.ok(before && after, (before ?? after)?.id);
        assert.equal(difference, 0);
        assert.deepEqual(changes, []);
      }
    }
  });

  it('says which pages are more, and for which reason', () => {
    const { rows } = differ(costOf(relocating(1)), costOf(relocating(3)));
    const data = rows.find(({ id }) => id === 'program:x:data');
    assert.equal(data, rows[0]);
    assert.equal(data?.difference, 2 * 4096);
    assert.deepEqual(data?.changes, [{ why: 'relocation', pages: 2 }]);
    const [back] = differ(costOf(relocating(3)), costOf(relocating(1))).rows;
    assert.deepEqual(back?.changes, [{ why: 'relocation', pages: -2 }]);
  });

  it('does not count pages of different sizes against each other', () => {
    const larger = { ...costOf(relocating(3)), pageSize: 16_384 };
    const { rows } = differ(costOf(relocating(1)), larger);
    assert.ok(rows.every(({ changes }) => changes.length === 0));
  });

  it('takes a row that appears or vanishes for nothing on the other side', () => {
    const { rows } = differ(costOf(GLIBC), costOf(MUSL));
    const heap = rows.find(({ id }) => id === 'heap');
    assert.ok(heap?.before?.bytes);
    assert.equal(heap.after, undefined);
    assert.equal(heap.difference, -heap.before.bytes);
  });

  it('does not know a difference where one side is not known, and says so of the sums', () => {
    const [found, lost] = [costOf(DYNAMIC), costOf(missing('libx.so'))];
    const { rows, perProcess, sums } = differ(found, lost);
    const unknown = rows.filter(({ id }) => id.startsWith('missing:'));
    assert.equal(unknown.length, 2);
    for (const { difference } of unknown) assert.equal(difference, undefined);
    assert.deepEqual([perProcess.beforeIncomplete, perProcess.afterIncomplete], [false, true]);
    assert.deepEqual([sums.kernel.beforeIncomplete, sums.kernel.afterIncomplete], [false, false]);
    const back = totalDifference(differ(lost, found), 2);
    assert.deepEqual([back.beforeIncomplete, back.afterIncomplete], [true, false]);
    assert.deepEqual([perProcess.mayBe, back.mayBe, sums.kernel.mayBe], ['more', 'less', null]);
    assert.equal(differ(lost, lost).perProcess.mayBe, 'either');
    const both = differ(lost, lost).rows.filter(({ id }) => id.startsWith('missing:'));
    for (const { difference } of both) assert.equal(difference, undefined);
  });

  it('sums some of its rows, for those that are not shown', () => {
    const { rows, perProcess, sums } = differ(COSTS[0] as Cost, COSTS[4] as Cost);
    const [shown, rest] = [rows.slice(0, 3), rows.slice(3)].map(sumDifference);
    assert.ok(shown && rest);
    assert.equal(
      shown.difference + rest.difference,
      perProcess.difference + sums.shared.difference,
    );
    assert.equal(rest.afterIncomplete, true);
  });
});

describe('What cannot be compared', () => {
  const freebsd = sampleProgram('tiny.freebsd');

  it('is of different machines', () => {
    assert.equal(otherMachine(GLIBC, MUSL), undefined);
    assert.equal(
      otherMachine(GLIBC, freebsd),
      'sample/tiny-glibc-static is for x86-64 (64-bit) and sample/tiny.freebsd for i386 (32-bit): their costs cannot be compared.',
    );
    const hostile = { ...freebsd, path: 'a\u202eb' };
    assert.match(otherMachine(GLIBC, hostile) ?? '', /a\\u\{202e\}b/);
  });

  it('or of different systems', () => {
    const { binary } = readElf(
      memorySource(
        buildElf({
          class: 32,
          machine: 3,
          segments: [{ flags: 5, address: 0x8048000, content: new Uint8Array(100) }],
        }),
      ),
    );
    assert.ok(binary);
    const program = { path: 'y', binary, interpreter: undefined, libraries: [], missing: [] };
    const linux = { program, cost: costOf(program) };
    const old = { program: freebsd, cost: costOf(freebsd) };
    assert.equal(otherMachine(freebsd, program), undefined);
    assert.equal(
      otherSystem(old, linux),
      'sample/tiny.freebsd is for FreeBSD 4.8, i386 and y for Linux to 6.15, i386, PAE: their costs cannot be compared.',
    );
    const same = costOf(program, conditions({}, { system: FREEBSD_4_8_I386 }));
    assert.equal(otherSystem(old, { program, cost: same }), undefined);
  });
});
