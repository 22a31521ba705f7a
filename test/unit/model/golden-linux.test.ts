import assert from 'node:assert/strict';
import type { Cost } from '../../../src/model/cost.js';
import { BERNSTEIN_REQUESTS } from '../../../src/model/workload.js';
import { LINUX_X86_64_PTI } from '../../../src/system/linux-x86-64.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

/**
 * KiB per process of ten thousand real processes of the same program on Linux 6.18: page tables with
 * the top one, private pages, kernel objects, all together.
 */
const MEASURED: Readonly<Record<string, readonly number[]>> = {
  'tiny-nolibc': [27.9, 11.5, 32.9, 72],
  'tiny-musl': [28.1, 11.8, 33.3, 73],
  'tiny-glibc-static': [42.1, 44.1, 34.0, 120],
};

const asked = conditions({ heap: BERNSTEIN_REQUESTS });

describe('the test program on Linux, x86-64', () => {
  for (const [name, measured] of Object.entries(MEASURED)) {
    it(`${name} is within 3 % of ten thousand live processes in each column`, () => {
      const { perProcess } = costOf(sampleProgram(name), asked);
      const { pageTableBytes, privateBytes, kernelBytes, bytes } = perProcess;
      const predicted = [pageTableBytes, privateBytes, kernelBytes, bytes].map((b) => b / 1024);
      predicted.forEach((kib, i) => {
        const live = measured[i] as number;
        assert.ok(Math.abs(kib - live) / live <= 0.03, `column ${i}: ${kib} for ${live}`);
      });
    });
  }

  it('has the tables of six levels’ worth without randomisation, entry by entry', () => {
    const { pageTables } = costOf(sampleProgram('tiny-musl'), conditions({}, { aslr: false }));
    assert.deepEqual(
      pageTables.levels.map(({ name, tables }) => [name, tables]),
      [
        ['PTE', 2],
        ['PMD', 2],
        ['PUD', 2],
        ['PGD', 1],
      ],
    );
    assert.deepEqual(pageTables.distribution, [{ tables: 6, share: 1 }]);
  });

  it('has the regions the kernel shows in /proc/PID/maps', () => {
    const regions = (name: string, cost: Cost) =>
      assert.equal(cost.regions.length, REGIONS[name], name);
    const REGIONS: Record<string, number> = {
      'tiny-nolibc': 7,
      'tiny-musl': 9,
      'tiny-glibc-static': 11,
    };
    for (const name of Object.keys(REGIONS)) regions(name, costOf(sampleProgram(name), asked));
  });

  it('spreads a static glibc program’s tables as 200 live ones did: half 9, half 10', () => {
    const { mean, distribution } = costOf(sampleProgram('tiny-glibc-static')).pageTables;
    assert.ok(Math.abs(mean - 9.5) < 0.1, String(mean));
    const share = (tables: number) => distribution.find((d) => d.tables === tables)?.share ?? 0;
    assert.ok(Math.abs(share(9) - 0.5) < 0.05 && Math.abs(share(10) - 0.5) < 0.05);
  });

  it('pays a second top table where page tables are isolated, as a thousand live ones did', () => {
    // 32.0 KiB of PageTables in /proc/meminfo for each process, of which VmPTE showed 24.0.
    const isolated = conditions({ heap: BERNSTEIN_REQUESTS }, { system: LINUX_X86_64_PTI });
    const { perProcess, pageTables } = costOf(sampleProgram('tiny-musl'), isolated);
    assert.ok(Math.abs(perProcess.pageTableBytes / 1024 - 32) < 0.1);
    assert.ok(Math.abs(pageTables.mean * 4 - 24) < 0.1);
  });

  it('gives the same figure each time', () => {
    const program = sampleProgram('tiny-musl');
    assert.deepEqual(costOf(program), costOf(program));
  });

  it('says that a program without malloc was asked to allocate', async () => {
    const { estimate } = await import('../../../src/model/estimate.js');
    const { diagnostics } = estimate(sampleProgram('tiny-nolibc'), asked);
    assert.deepEqual(
      diagnostics.map((d) => d.code),
      ['not-modelled'],
    );
  });
});
