import assert from 'node:assert/strict';
import { compare } from '../../../src/model/compare.js';
import type { ComparedRow, Comparison } from '../../../src/model/comparison.js';
import type { Cost } from '../../../src/model/cost.js';
import type { MeasuredProcess, MeasuredRegion } from '../../../src/model/measurement.js';
import { anonymousRegion, liveProcess, written } from '../../support/live-process.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const PAGE = 4096;
const still = conditions({ heap: [360] }, { aslr: false });
const costs: readonly Cost[] = ['tiny-nolibc', 'tiny-musl', 'tiny-glibc-static'].map((name) =>
  costOf(sampleProgram(name), still),
);
const [, musl, glibc] = costs as [Cost, Cost, Cost];

const comparedTo = (cost: Cost, ...processes: MeasuredProcess[]): Comparison =>
  compare(cost, { processes, remarks: [] });

function rowOf({ rows }: Comparison, id: string): ComparedRow {
  const row = rows.find((r) => r.id === id);
  assert.ok(row, `${id} among ${rows.map((r) => r.id).join(', ')}`);
  return row;
}

describe('an estimate beside a measurement', () => {
  it('agrees in every row with a process that holds just what it says', () => {
    for (const cost of costs) {
      const { rows, sums, tablesAgree } = comparedTo(cost, liveProcess(cost));
      for (const row of rows) {
        if (row.measured === undefined) assert.ok(row.why, row.id);
        else assert.deepEqual([row.measured, row.why], [row.predicted, undefined], row.id);
        assert.deepEqual([row.unpredicted, row.unwritten], [[], []], row.id);
      }
      assert.ok(sums.every(({ predicted, measured }) => predicted === measured));
      assert.equal(tablesAgree, true);
    }
  });

  it('finds the pages of an object wherever it lies', () => {
    const process = liveProcess(glibc, (region) => (region.object === undefined ? 0 : 0x77777));
    const { rows } = comparedTo(glibc, process);
    for (const row of rows.filter(({ object, category }) => object && category === 'private')) {
      assert.deepEqual([row.measured, row.unpredicted], [row.predicted, []], row.id);
    }
  });

  it('finds them behind a bss that can be executed, and has no name in /proc', () => {
    const { binary, ...sample } = sampleProgram('tiny-nolibc');
    const [code] = binary.segments;
    assert.ok(code);
    const bss = { ...code, address: 0x200000n, offset: 0n, fileSize: 0n, memorySize: 4096n };
    const data = { ...code, address: 0x600000n, executable: false, writable: true };
    const segments = [bss, code, { ...data, fileSize: 16n, memorySize: 32n }];
    const cost = costOf({ ...sample, binary: { ...binary, segments } }, still);
    const row = comparedTo(cost, liveProcess(cost)).rows.find(({ id }) => id.endsWith(':data'));
    assert.deepEqual([row?.predicted, row?.measured], [PAGE, PAGE]);
  });

  it('takes the mean over processes', () => {
    const grown = written(liveProcess(glibc), isHeap, [10, 14]);
    const { processes, rows } = comparedTo(glibc, liveProcess(glibc), grown);
    const heap = rows.find(({ id }) => id === 'heap');
    assert.equal(processes, 2);
    assert.equal(heap?.measured, (heap?.predicted ?? 0) + 2 * PAGE);
  });

  it('says that the heap grew, that frames reach deeper, that data was written', () => {
    const code = (region: MeasuredRegion) =>
      region.access === 'r-xp' && region.object !== undefined;
    const cases = [
      ['heap', isHeap, [20, 22], /heap grew/],
      ['stack', (r: MeasuredRegion) => r.name === '[stack]', [0, 3], /frames reach deeper/],
      [dataRow(glibc), code, [0, 1], /wrote/],
    ] as const;
    for (const [id, chosen, pages, why] of cases) {
      const { rows } = comparedTo(glibc, written(liveProcess(glibc), chosen, pages));
      const row = rows.find((r) => r.id === id);
      assert.ok((row?.measured ?? 0) > (row?.predicted ?? 0), id);
      assert.match(row?.why ?? '', why);
    }
  });

  it('names the pages of an object that were written and not predicted', () => {
    const code = (region: MeasuredRegion) =>
      region.access === 'r-xp' && region.object !== undefined;
    const process = liveProcess(musl);
    const start = process.regions.find(code)?.firstPage ?? 0;
    const first = process.regions.find(({ object }) => object !== undefined)?.firstPage ?? 0;
    const { unpredicted } = rowOf(comparedTo(musl, written(process, code, [0, 1])), dataRow(musl));
    assert.deepEqual(unpredicted, [start - first, start - first + 1]);
  });

  it('gives what lies in the heap’s region below its begin to the bss', () => {
    const bss = glibc.regions.find(({ kind }) => kind === 'bss');
    const process = liveProcess(glibc);
    const merged = process.regions.map((region) =>
      region.firstPage === bss?.firstPage ? { ...region, name: '[heap]' } : region,
    );
    const before = rowOf(comparedTo(glibc, process), bss?.row ?? 'no bss');
    const after = rowOf(comparedTo(glibc, { ...process, regions: merged }), bss?.row ?? 'no bss');
    assert.equal(after.measured, before.measured);
  });

  it('has rows for what the estimate knows nothing of', () => {
    const process = liveProcess(musl);
    const locale: MeasuredRegion = {
      ...anonymousRegion(0x7f0000000, 2),
      name: '/usr/lib/locale/locale-archive',
    };
    const regions = [...process.regions, anonymousRegion(0x7e0000000, 5), locale];
    const found = comparedTo(musl, { ...process, regions });
    assert.equal(rowOf(found, 'anonymous').measured, 5 * PAGE);
    const opened = rowOf(found, 'opened:/usr/lib/locale/locale-archive');
    assert.deepEqual(
      [opened.label, opened.predicted, opened.measured],
      ['locale-archive', undefined, 2 * PAGE],
    );
    assert.match(opened.why ?? '', /opened at run time/);
  });

  it('counts a kernel stack for each thread, and each region', () => {
    const process = liveProcess(musl);
    const regions = [...process.regions, anonymousRegion(0x7e0000000, 5)];
    const found = comparedTo(musl, { ...process, threads: 3, regions });
    const stack = rowOf(found, 'kernel:kernel-stack');
    assert.equal(stack.measured, 3 * (stack.predicted ?? 0));
    assert.match(stack.why ?? '', /3 threads/);
    assert.match(rowOf(found, 'kernel:vm-area').why ?? '', new RegExp(`${regions.length} regions`));
  });

  it('says so where the tables that the pages need are not those that the kernel counts', () => {
    const process = liveProcess(musl);
    assert.equal(comparedTo(musl, { ...process, tableBytes: 4 * PAGE }).tablesAgree, false);
  });

  it('judges no tables of a process that was partly swapped out: they lead there, too', () => {
    const process = { ...liveProcess(musl), swappedBytes: PAGE };
    assert.equal(comparedTo(musl, process).tablesAgree, undefined);
  });

  it('goes by regions where the kernel shows no pages', () => {
    const process = liveProcess(glibc);
    const regions = process.regions.map((region) => ({
      ...region,
      present: undefined,
      private: undefined,
    }));
    const found = comparedTo(glibc, { ...process, regions });
    assert.equal(found.tablesAgree, undefined);
    const { predicted, measured, unpredicted } = rowOf(found, dataRow(glibc));
    assert.deepEqual([measured, unpredicted], [predicted, []]);
    assert.match(rowOf(found, 'tables:pte').why ?? '', /could be seen/);
    assert.ok(found.sums.every((sum) => sum.measured === sum.predicted));
  });

  it('compares nothing between machines of different page sizes', () => {
    const { rows, remarks } = comparedTo(musl, { ...liveProcess(musl), pageSize: 16384 });
    assert.deepEqual(rows, []);
    assert.match(remarks.join(), /16384/);
  });

  it('leaves unknown what is unknown', () => {
    const program = sampleProgram('tiny-musl');
    const missing = [{ name: 'libgone.so', reason: 'It is gone.' }];
    const cost = costOf({ ...program, missing }, still);
    const { predicted, measured } = rowOf(
      comparedTo(cost, liveProcess(cost)),
      'missing:private:libgone.so',
    );
    assert.deepEqual([predicted, measured], [undefined, undefined]);
  });
});

const isHeap = ({ name }: MeasuredRegion) => name === '[heap]';

function dataRow(cost: Cost): string {
  const row = cost.regions.find(({ kind, object }) => kind === 'data' && object)?.row;
  return row ?? 'no data';
}
