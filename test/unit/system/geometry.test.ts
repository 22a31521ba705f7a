import assert from 'node:assert/strict';
import { clusterOf } from '../../../src/model/cluster.js';
import { anonymous, blockOf } from '../../../src/model/mapping.js';
import { pageTables } from '../../../src/model/page-tables.js';
import { blocksAt, rigid } from '../../../src/model/process.js';
import { tableCounts } from '../../../src/model/table-counts.js';
import { GEOMETRIES, type Geometry, pagesPerTable } from '../../../src/system/geometry.js';

/** KiB of all tables of a process with one page at a low address and one at the top of its own. */
const LEAST: Readonly<Record<string, number>> = {
  i386: 12,
  'i386-pae': 20 + 1 / 32, // the top table has 32 bytes
  'x86-64': 28,
  'x86-64-pti': 32,
  'x86-64-la57': 36,
  'arm64-4k-39': 20,
  'arm64-4k-48': 28,
  'arm64-16k-47': 80,
  'arm64-64k-42': 192,
  'riscv64-sv39': 20,
  'riscv64-sv48': 28,
  'riscv64-sv57': 36,
  s390x: 2 * 2 + 3 * 16,
};

function leastTables(geometry: Geometry) {
  const last = 2 ** geometry.userBits / geometry.pageSize - 1;
  const area = { pages: 1, guard: 0, written: [0, 1], used: [] };
  const charge = { rule: 'stack', quality: 'exact', detail: undefined } as const;
  const block = blockOf([anonymous('page', 'A page', 'stack', area, charge)]);
  const cluster = clusterOf([{ block, base: 0 }], pagesPerTable(geometry));
  const process = {
    blocks: [block],
    randomised: false,
    placements: 1,
    parts: [1, last].map((page) => rigid(cluster, Float64Array.of(page))),
    stackPages: { mean: 0, min: 0, max: 0 },
  };
  const counts = tableCounts(process, geometry);
  return pageTables(counts, blocksAt(process.parts, 0), geometry);
}

describe('page tables of the machines', () => {
  for (const geometry of GEOMETRIES) {
    it(`${geometry.name}: one low and one high page take the least there is`, () => {
      const { meanByLevel } = leastTables(geometry);
      const bytes = geometry.levels.reduce(
        (sum, level, i) => sum + (meanByLevel[i] as number) * level.tableBytes,
        0,
      );
      assert.equal(bytes / 1024, LEAST[geometry.id]);
    });

    it(`${geometry.name}: each level maps what its entries map`, () => {
      let below = Math.log2(geometry.pageSize);
      for (const { coverBits, entries, name } of geometry.levels) {
        // The top table may be larger than the address space it is used for.
        assert.ok(2 ** coverBits <= entries * 2 ** below || name === 'PGD', name);
        if (name !== 'PGD') assert.equal(2 ** coverBits, entries * 2 ** below, name);
        below = coverBits;
      }
    });
  }
});
