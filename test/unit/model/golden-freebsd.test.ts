import assert from 'node:assert/strict';
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
