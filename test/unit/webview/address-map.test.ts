import assert from 'node:assert/strict';
import { join } from 'node:path';
import fc from 'fast-check';
import { ROOT } from '../../../scripts/root.mjs';
import type { Region, TableLevel } from '../../../src/model/cost.js';
import { estimate } from '../../../src/model/estimate.js';
import { coarsen, count, union } from '../../../src/model/runs.js';
import { START_UP } from '../../../src/model/workload.js';
import { loadProgram } from '../../../src/program/load-program.js';
import { addressMap } from '../../../webview/view-model/map-lines.js';
import { type MapRow, mapRows } from '../../../webview/view-model/map-rows.js';
import { reachByLevel, tableGrid } from '../../../webview/view-model/table-grid.js';
import { region, regions, total } from './regions.js';

/** Levels of eight entries: a table maps 8, 64, 512 … pages; the top one, everything. */
const levels: readonly TableLevel[] = (['PTE', 'PMD', 'PUD', 'PGD'] as const).map(
  (name, index) => ({
    name,
    tables: 0,
    entriesUsed: 0,
    entriesPerTable: index === 3 ? 2 ** 40 : 8,
    tableBytes: 4096,
    list: [],
  }),
);

const shownRegions = (rows: readonly MapRow[]) =>
  rows.flatMap((row) =>
    row.kind === 'region' ? [row.region] : row.kind === 'object' && !row.open ? row.regions : [],
  );
const open = fc.func(fc.boolean());

describe('lines of the map', () => {
  const library = [
    region({ id: 'code', object: 'libx', firstPage: 50, pages: 10 }),
    region({ id: 'data', object: 'libx', firstPage: 60, pages: 2 }),
  ];
  const program = [
    region({ id: 'text', object: 'prog', firstPage: 10, pages: 2 }),
    region({ id: 'bss', object: 'prog', firstPage: 13, pages: 1 }),
  ];
  const stack = region({ id: 'stack', firstPage: 100, pages: 3 });
  const all = [...program, ...library, stack];

  it('go from the highest address down, with gaps between', () => {
    const rows = mapRows(all, 'prog', () => false);
    assert.deepEqual(
      rows.map((row) => (row.kind === 'gap' ? row.pages : row.id)),
      ['region:stack', 38, 'object:code', 36, 'region:bss', 1, 'region:text'],
    );
  });

  it('show an object’s regions under its heading once it is opened', () => {
    const rows = mapRows(all, 'prog', (id) => id === 'object:code');
    assert.deepEqual(
      rows.slice(2, 5).map(({ id }) => id),
      ['object:code', 'region:data', 'region:code'],
    );
  });

  it('show every region once, and every page between the lowest and the highest', () => {
    fc.assert(
      fc.property(regions, open, (some, isOpen) => {
        const rows = mapRows(some, 'a', isOpen);
        const shown = shownRegions(rows);
        assert.deepEqual(new Set(shown), new Set(some));
        assert.equal(shown.length, some.length);
        assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length, 'ids differ');
      }),
    );
  });
});

describe('page tables beside the map', () => {
  it('reach over the lines that they map', () => {
    const some = [
      region({ id: 'low', firstPage: 0, pages: 4, resident: [0, 4] }),
      region({ id: 'next', firstPage: 4, pages: 2, resident: [4, 5] }),
      region({ id: 'far', firstPage: 600, pages: 1, resident: [600, 601] }),
    ];
    const grid = tableGrid(
      mapRows(some, '', () => false),
      some,
      levels,
    );
    const leaves = grid.boxes.filter((box) => box.level === 0);
    assert.deepEqual(leaves, [
      { level: 0, track: 0, tracks: 1, tables: 1, entriesUsed: 1, firstPage: 600 },
      { level: 0, track: 2, tracks: 2, tables: 1, entriesUsed: 5, firstPage: 0 },
    ]);
    const top = grid.boxes.filter((box) => box.level === 3);
    assert.deepEqual(top, [
      { level: 3, track: 0, tracks: 4, tables: 1, entriesUsed: 2, firstPage: 0 },
    ]);
  });

  it('are one box where they map the middle of a large region', () => {
    const some = [region({ id: 'big', firstPage: 4, pages: 100, resident: [4, 104] })];
    const grid = tableGrid(
      mapRows(some, '', () => false),
      some,
      levels,
    );
    const leaves = grid.boxes.filter((box) => box.level === 0);
    assert.equal(
      leaves.reduce((sum, box) => sum + box.tables, 0),
      13,
    );
    assert.ok(leaves.length <= 5);
    assert.ok(leaves.some((box) => box.tables > 1));
  });

  it('are not there where nothing was touched', () => {
    const some = [region({ id: 'reserved', firstPage: 0, pages: 64 })];
    const grid = tableGrid(
      mapRows(some, '', () => false),
      some,
      levels,
    );
    assert.deepEqual(grid.boxes, []);
  });

  it('are all there, with all their entries, whatever the regions', () => {
    fc.assert(
      fc.property(regions, open, (some, isOpen) => {
        const { boxes, rows, tracks } = tableGrid(mapRows(some, 'a', isOpen), some, levels);
        const expected = tablesByLevel(some);
        for (const [level, { tables, entries }] of expected.entries()) {
          const here = boxes.filter((box) => box.level === level);
          assert.equal(
            here.reduce((n, box) => n + box.tables, 0),
            tables,
            `tables of ${level}`,
          );
          assert.equal(
            here.reduce((n, box) => n + box.entriesUsed, 0),
            entries,
            `entries of ${level}`,
          );
        }
        for (const box of boxes) {
          assert.ok(box.tracks > 0 && box.track + box.tracks <= tracks);
          assert.ok(box.entriesUsed <= box.tables * (levels[box.level]?.entriesPerTable ?? 0));
        }
        assert.equal(
          rows.reduce((n, row) => n + row.tracks, 0),
          tracks,
        );
      }),
    );
  });

  it('do not lie over each other', () => {
    fc.assert(
      fc.property(regions, open, (some, isOpen) => {
        const { boxes } = tableGrid(mapRows(some, 'a', isOpen), some, levels);
        for (const level of levels.keys()) {
          const here = boxes.filter((box) => box.level === level);
          for (const [index, box] of here.entries()) {
            const last = here[index - 1];
            if (last) assert.ok(last.track + last.tracks <= box.track);
          }
        }
      }),
    );
  });
});

describe('the picture of a program', () => {
  for (const name of ['tiny.freebsd', 'tiny-musl', 'tiny-glibc-static', 'tiny-glibc']) {
    it(`has the tables, entries and pages of the model: ${name}`, () => {
      const { program } = loadProgram(join(ROOT, 'sample', name));
      assert.ok(program);
      const conditions = { system: undefined, workload: START_UP, aslr: true };
      const { cost } = estimate(program, conditions);
      assert.ok(cost);
      const map = addressMap(cost, name, () => false);
      for (const [index, level] of cost.pageTables.levels.entries()) {
        const boxes = map.boxes.filter((box) => box.level === index);
        const sum = (of: 'tables' | 'entriesUsed') => boxes.reduce((n, box) => n + box[of], 0);
        assert.equal(sum('tables'), level.tables, level.name);
        assert.equal(sum('entriesUsed'), level.entriesUsed, level.name);
      }
      const own = map.lines.reduce((n, line) => n + line.counts.private, 0);
      assert.equal(own, total(cost.regions, 'private'));
    });
  }
});

describe('reach of a table', () => {
  it('is the pages it maps', () => {
    assert.deepEqual(reachByLevel(levels.slice(0, 3)), [8, 64, 512]);
  });
});

/** Tables of each level and their entries in use, counted another way. */
function tablesByLevel(some: readonly Region[]) {
  const touched = union(...some.map((r) => r.resident));
  return levels.map((_, level) => {
    const below = level === 0 ? touched : coarsen(touched, 8 ** level);
    const reach = level === 3 ? 8 ** 3 * 2 ** 40 : 8 ** (level + 1);
    return { entries: count(below), tables: count(coarsen(touched, reach)) };
  });
}
