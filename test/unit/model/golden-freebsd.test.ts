import assert from 'node:assert/strict';
import { PRESETS } from '../../../src/model/presets.js';
import { coarsen, union } from '../../../src/model/runs.js';
import { processesThatFit, totalBytes } from '../../../src/model/total.js';
import { BERNSTEIN_REQUESTS } from '../../../src/model/workload.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const PAGE = 4096;
const MIB = 2 ** 20;
const N = 10_000;
const asked = conditions({ heap: BERNSTEIN_REQUESTS });

/** The figures of freebsd-performance, June 2003; docs/model.md has the reckoning. */
describe('the test program of June 2003 on FreeBSD 4.8', () => {
  const program = sampleProgram('tiny.freebsd');
  const cost = costOf(program, asked);
  const silent = costOf(program);

  it('has 42 pages of address space, 168 KB, as ps showed', () => {
    assert.equal(cost.addressSpaceBytes, 42 * PAGE);
    assert.equal(cost.addressSpaceBytes, 168 * 1024);
  });

  it('has 11 resident pages, 44 KB, page tables among them', () => {
    assert.equal(cost.residentBytes, 11 * PAGE);
  });

  it('pays 16384 bytes for malloc(1): two pages of heap, a directory, a table', () => {
    const one = costOf(program, conditions({ heap: [1] }));
    assert.equal(one.residentBytes - silent.residentBytes, 16_384);
    assert.equal(one.perProcess.bytes - silent.perProcess.bytes, 16_384);
  });

  it('fritters 24 KB on malloc: 234.375 MiB at ten thousand', () => {
    const taken = cost.heapFill?.paidBytes ?? 0;
    assert.equal(taken, 24 * 1024);
    assert.equal((taken * N) / MIB, 234.375);
  });

  it('fills 4.378 % of that', () => {
    const { usedBytes = 0, paidBytes = 1 } = cost.heapFill ?? {};
    assert.equal(usedBytes, 1076);
    assert.equal(((100 * usedBytes) / paidBytes).toFixed(3), '4.378');
  });

  it('opens a page for each class of chunks and writes two of the five', () => {
    const heap = cost.rows.find((row) => row.id === 'heap');
    assert.equal(heap?.pages, 2);
    assert.match(heap?.detail ?? '', /32, 512, 128, 256, 16 bytes/);
    const region = cost.regions.find((r) => r.id === 'heap');
    assert.deepEqual([region?.pages, region?.private.length], [5, 4]); // two runs
  });

  it('costs 11 pages for one more process: 5 private, 3 tables, 1 directory, 2 of the kernel', () => {
    const { bytes, privateBytes, pageTableBytes, kernelBytes } = cost.perProcess;
    assert.deepEqual(
      [bytes, privateBytes, pageTableBytes, kernelBytes].map((b) => b / PAGE),
      [11, 5, 4, 2],
    );
    assert.equal(Math.round((bytes * N) / MIB), 430);
  });

  it('says 44 bytes in 16 KB of page tables', () => {
    const { usedBytes, bytes, levels } = cost.pageTables;
    assert.deepEqual([usedBytes, bytes], [44, 16 * 1024]);
    assert.equal(Math.floor(bytes / usedBytes), 372);
    assert.deepEqual(
      levels.map(({ name, tables, entriesUsed }) => [name, tables, entriesUsed]),
      [
        ['PTE', 3, 8],
        ['PGD', 1, 3],
      ],
    );
  });

  it('has its tables where the thread says: text, malloc’s directory, stack', () => {
    const touched = union(...cost.regions.map((region) => region.resident));
    const tables = coarsen(touched, 1024).filter((_, i) => i % 2 === 0); // first of each run of one
    const addresses = tables.map((table) => table * 1024 * PAGE);
    assert.deepEqual(addresses, [0x08000000, 0x28000000, 0xbf800000]);
  });

  it('does not hide that more is in the kernel than is known', () => {
    assert.equal(cost.incomplete, true);
    const unknown = cost.rows.filter((row) => row.quality === 'unknown');
    assert.equal(unknown.length, 1);
    assert.equal(unknown[0]?.bytes, undefined);
  });

  it('pays one more page where data and bss have one each', () => {
    const split = costOf(sampleProgram('tiny-split.freebsd'), asked);
    assert.equal(split.perProcess.bytes - cost.perProcess.bytes, PAGE);
    const rows = split.rows.filter(
      (r) => r.object === 'tiny-split.freebsd' && r.category === 'private',
    );
    assert.deepEqual(
      rows.map((r) => r.pages),
      [1, 1],
    );
  });

  it('is the same with and without randomised addresses: this system has none', () => {
    assert.deepEqual(
      costOf(program, conditions({ heap: BERNSTEIN_REQUESTS }, { aslr: false })),
      cost,
    );
  });

  it('adds up over processes, and says how many fit', () => {
    assert.equal(totalBytes(cost, N), cost.sharedOnceBytes + N * cost.perProcess.bytes);
    const fit = processesThatFit(cost, 2 ** 30);
    assert.ok(totalBytes(cost, fit) <= 2 ** 30 && totalBytes(cost, fit + 1) > 2 ** 30);
    assert.equal(processesThatFit(cost, 0), 0);
  });
});

describe('what the thread of June 2003 would save on FreeBSD 4.8', () => {
  const shared = sampleProgram('tiny.freebsd');
  const split = sampleProgram('tiny-split.freebsd');
  const withThem = (...whatIfs: string[]) => conditions(asked.workload, { whatIfs });
  const costWith = (program: typeof shared, ...whatIfs: string[]) =>
    costOf(program, withThem(...whatIfs));
  const saved = (program: typeof shared, ...whatIfs: string[]) =>
    costOf(program, asked).perProcess.bytes - costWith(program, ...whatIfs).perProcess.bytes;

  it('data beside the stack: two pages, 78.125 MiB, where data and bss have one each', () => {
    assert.equal(saved(split, 'data-beside-stack'), 2 * PAGE);
    assert.equal((saved(split, 'data-beside-stack') * N) / MIB, 78.125);
  });

  it('data beside the stack: one page, 39.06 MiB, where they share it', () => {
    assert.equal(saved(shared, 'data-beside-stack'), PAGE);
    assert.equal((saved(shared, 'data-beside-stack') * N) / MIB, 39.0625);
  });

  it('bss behind the data makes of the one program the other', () => {
    assert.equal(saved(split, 'merge-data-bss'), PAGE);
    assert.deepEqual(
      costWith(split, 'merge-data-bss').perProcess,
      costOf(shared, asked).perProcess,
    );
    assert.equal(saved(shared, 'merge-data-bss'), 0);
  });

  for (const [name, program] of Object.entries({ shared, split })) {
    it(`the slack after bss, ${name}: 16 KB of RSS, 156.25 MiB, for 1076 bytes`, () => {
      const before = costOf(program, asked);
      const after = costWith(program, 'malloc-slack');
      assert.equal(before.residentBytes - after.residentBytes, 16 * 1024);
      assert.equal((saved(program, 'malloc-slack') * N) / MIB, 156.25);
      const less = (part: 'privateBytes' | 'pageTableBytes') =>
        (before.perProcess[part] - after.perProcess[part]) / PAGE;
      assert.deepEqual([less('privateBytes'), less('pageTableBytes')], [3, 1]);
    });

    it(`all on one page, ${name}: 1 private, 1 table, 1 directory, 2 of the kernel`, () => {
      const { perProcess, pageTables } = costWith(program, 'one-page', 'malloc-slack');
      const { bytes, privateBytes, pageTableBytes, kernelBytes } = perProcess;
      assert.deepEqual(
        [bytes, privateBytes, pageTableBytes, kernelBytes].map((b) => b / PAGE),
        [5, 1, 2, 2],
      );
      assert.deepEqual(
        pageTables.levels.map(({ tables }) => tables),
        [1, 1],
      );
    });
  }

  it('malloc takes the slack first and opens the heap for what does not fit', () => {
    const more = conditions({ heap: [1076, 2048, 1500] });
    const left = costOf(shared, { ...more, whatIfs: ['malloc-slack'] });
    const heap = left.rows.find((row) => row.id === 'heap');
    assert.match(heap?.detail ?? '', /32, 2048 bytes/); // 1076 and 1500 lie behind the bss
  });

  for (const id of ['overlapped-tables', 'dynamic-tables']) {
    it(`${id}: 5 entries of two words where there were four pages of tables`, () => {
      const { perProcess, rows } = costWith(shared, id);
      assert.equal(perProcess.pageTableBytes, 5 * 8);
      assert.ok((16 * 1024) / perProcess.pageTableBytes > 100, 'two orders of magnitude');
      const once = rows.filter((row) => row.category === 'shared' && row.object === undefined);
      assert.deepEqual(
        once.map((row) => row.bytes),
        [16 * 1024],
      );
    });
  }

  it('tables made at dispatch change nothing for a process with many private pages', () => {
    const large = conditions({ heap: [1305 * PAGE], heapWritten: true }); // as many as node at rest
    const plain = costOf(shared, large);
    const { rows, perProcess } = costOf(shared, { ...large, whatIfs: ['dynamic-tables'] });
    assert.ok(perProcess.privateBytes > 1305 * PAGE);
    assert.deepEqual(rows, plain.rows);
  });

  it('a smaller stack saves address space and no RAM', () => {
    const plain = costOf(shared, asked);
    const small = costWith(shared, 'smaller-stack');
    assert.deepEqual(small.perProcess, plain.perProcess);
    assert.equal(plain.addressSpaceBytes - small.addressSpaceBytes, 31 * PAGE);
  });

  it('an x bit on data saves a page of the file, which is shared', () => {
    assert.equal(saved(shared, 'data-executable'), 0);
    const once = costOf(shared, asked).sharedOnceBytes;
    assert.equal(once - costWith(shared, 'data-executable').sharedOnceBytes, PAGE);
  });

  it('shared text has no tables to itself: one of four megabytes maps the data, too', () => {
    assert.equal(saved(shared, 'shared-text-tables'), 0);
  });

  it('all of it leaves 12,296 bytes of 45,056: 117 MiB of 430', () => {
    const preset = PRESETS.find(({ id }) => id === 'bernstein-2003');
    const { perProcess, whatIfs } = costWith(shared, ...(preset?.whatIfs ?? []));
    assert.deepEqual(whatIfs, ['malloc-slack', 'one-page', 'overlapped-tables']);
    assert.equal(perProcess.bytes, 3 * PAGE + 8);
    assert.equal(Math.round((perProcess.bytes * N) / MIB), 117);
  });
});
