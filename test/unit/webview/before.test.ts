import assert from 'node:assert/strict';
import { join } from 'node:path';
import fc from 'fast-check';
import { ROOT } from '../../../scripts/root.mjs';
import type { Cost, Region } from '../../../src/model/cost.js';
import { estimate } from '../../../src/model/estimate.js';
import { count, intersect, type Runs, subtract } from '../../../src/model/runs.js';
import { WHAT_IFS } from '../../../src/model/what-ifs.js';
import { START_UP } from '../../../src/model/workload.js';
import { loadProgram } from '../../../src/program/load-program.js';
import { changeInWords, goneSince } from '../../../webview/view-model/before.js';
import { addressMap } from '../../../webview/view-model/map-lines.js';
import { mapRows, withGone } from '../../../webview/view-model/map-rows.js';
import { PAGE, region, regions } from './regions.js';

const costOf = (name: string, whatIfs: readonly string[]): Cost => {
  const { program } = loadProgram(join(ROOT, 'sample', name));
  assert.ok(program);
  const conditions = { system: undefined, workload: START_UP, aslr: true, whatIfs };
  const { cost } = estimate(program, conditions);
  assert.ok(cost);
  return cost;
};

const withRegions = (cost: Cost, some: readonly Region[]): Cost => ({ ...cost, regions: some });

describe('what is gone from the map', () => {
  const cost = costOf('tiny-musl', []);

  it('are private pages of the same region, wherever it lies now', () => {
    const data = region({
      id: 'data',
      firstPage: 100,
      pages: 4,
      resident: [100, 104],
      private: [100, 103],
    });
    const moved = { ...data, firstPage: 500, resident: [501, 504], private: [502, 503] };
    const { pages, regions: gone } = goneSince(
      withRegions(cost, [data]),
      withRegions(cost, [moved]),
    );
    assert.deepEqual(pages, [500, 501]); // the second is shared now, and still there
    assert.deepEqual(gone, []);
  });

  it('are counted from the end of a stack, which grows down', () => {
    const stack = region({
      id: 's',
      kind: 'stack',
      firstPage: 90,
      pages: 10,
      resident: [97, 100],
      private: [97, 100],
    });
    const smaller = {
      ...stack,
      firstPage: 198,
      pages: 2,
      resident: [199, 200],
      private: [199, 200],
    };
    const { pages } = goneSince(withRegions(cost, [stack]), withRegions(cost, [smaller]));
    assert.deepEqual(pages, [198, 199]);
  });

  it('are nothing where nothing changed', () => {
    fc.assert(
      fc.property(regions, (some) => {
        const same = withRegions(cost, some);
        assert.deepEqual(goneSince(same, same), { regions: [], pages: [] });
      }),
    );
  });

  it('lie within regions that are there, and are not in RAM', () => {
    let gone = 0;
    for (const { id } of WHAT_IFS) {
      const other = costOf('tiny-glibc', [id]);
      const { pages } = goneSince(costOf('tiny-glibc', []), other);
      const resident = other.regions.flatMap((r) => intersect(r.resident, pages));
      assert.deepEqual(resident, [], id);
      const around = other.regions.map((r) => [r.firstPage, r.firstPage + r.pages]);
      assert.deepEqual(
        around.reduce<Runs>((left, r) => subtract(left, r), pages),
        [],
        id,
      );
      gone += count(pages);
    }
    assert.notEqual(gone, 0);
  });

  it('are said in words', () => {
    const own = region({ id: 'own', label: 'data', pages: 2, resident: [0, 2], private: [0, 2] });
    const alone = withRegions(cost, [own]);
    const empty = withRegions(cost, []);
    const [leaf, ...upper] = cost.pageTables.levels;
    assert.ok(leaf);
    const levels = [{ ...leaf, tables: leaf.tables - 1 }, ...upper];
    const fewer = { ...empty, pageTables: { ...cost.pageTables, levels } };
    const than = 'than as it is.';
    assert.equal(changeInWords(alone, empty), `2 private pages less ${than} Gone: data.`);
    assert.equal(
      changeInWords(alone, fewer),
      `2 private pages and 1 table less ${than} Gone: data.`,
    );
    assert.equal(changeInWords(fewer, alone), `2 private pages and 1 table more ${than}`);
    assert.equal(changeInWords(alone, alone), `No private page and no table less ${than}`);
    assert.equal(
      changeInWords(alone, { ...fewer, pageSize: 2 * PAGE }),
      '1 table less than as it is. Its pages are of another size. Gone: data.',
    );
  });
});

describe('lines of what is gone', () => {
  const data = region({ id: 'data', object: 'p', firstPage: 50 });
  const bss = region({ id: 'bss', object: 'p', firstPage: 60 });
  const code = region({ id: 'code', object: 'libx', firstPage: 80 });
  const rodata = region({ id: 'rodata', object: 'libx', firstPage: 81 });
  const stack = region({ id: 'stack', firstPage: 100 });

  it('stand where they were, those of a library as one', () => {
    const rows = withGone(
      mapRows([data, stack], 'p', () => false),
      [bss, code, rodata],
      'p',
    );
    assert.deepEqual(
      rows.map(({ id }) => id),
      ['region:stack', 'gap:51', 'gone:code', 'gone:bss', 'region:data'],
    );
  });

  it('come last where nothing lies lower', () => {
    const rows = withGone(
      mapRows([stack], 'p', () => false),
      [data, bss],
      'p',
    );
    assert.deepEqual(
      rows.map(({ id }) => id),
      ['region:stack', 'gone:bss', 'gone:data'],
    );
  });

  it('are drawn with the private pages that went, and take no table', () => {
    const before = costOf('tiny-musl', []);
    const after = withRegions(before, before.regions.slice(1));
    const lines = (gone: ReturnType<typeof goneSince> | undefined) =>
      addressMap(after, 'tiny-musl', () => false, gone);
    const map = lines(goneSince(before, after));
    const gone = map.lines.filter(({ kind }) => kind === 'gone');
    assert.equal(gone.length, 1);
    const drawn = gone[0]?.cells.cells.reduce((sum, cell) => sum + cell.gonePages, 0);
    assert.equal(drawn, count(before.regions[0]?.private ?? []));
    const tables = (m: typeof map) => m.boxes.reduce((sum, box) => sum + box.tables, 0);
    assert.equal(tables(map), tables(lines(undefined)));
  });
});
