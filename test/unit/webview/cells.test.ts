import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Region } from '../../../src/model/cost.js';
import { count, intersect, shift, union } from '../../../src/model/runs.js';
import { bucketCounts } from '../../../webview/view-model/buckets.js';
import { CELL, cellShapes, PITCH } from '../../../webview/view-model/cell-shapes.js';
import { type Cell, cellRow } from '../../../webview/view-model/cells.js';
import { cellInWords } from '../../../webview/view-model/words.js';
import { PAGE, region, regions, total } from './regions.js';

const sum = (cells: readonly Cell[], of: (cell: Cell) => number) =>
  cells.reduce((n, cell) => n + of(cell), 0);

describe('blocks of a set', () => {
  it('hold each number once', () => {
    assert.deepEqual(bucketCounts([1, 3, 5, 12], 4, 3), [2, 3, 4]);
    assert.deepEqual(bucketCounts([], 4, 2), [0, 0]);
  });

  it('are counted without a look at every number', () => {
    assert.deepEqual(bucketCounts([0, 2 ** 40], 2 ** 36, 16), new Array(16).fill(2 ** 36));
  });
});

describe('cells of the map', () => {
  it('say how many bytes are used, but not of pages whose use is not counted', () => {
    const wordsFor = (used: Region['used']) => {
      const at = { id: 'x', firstPage: 100, pages: 1, resident: [100, 101], private: [100, 101] };
      return cellRow([region({ ...at, used })], PAGE, 64).cells.map((cell) =>
        cellInWords(cell, PAGE),
      );
    };
    assert.deepEqual(wordsFor([0, 96]), [
      '0x64000 · 1 page private · 96 bytes used · 4,000 bytes slack',
    ]);
    assert.deepEqual(wordsFor([]), ['0x64000 · 1 page private · 0 bytes used · 4,096 bytes slack']);
    assert.deepEqual(wordsFor(undefined), ['0x64000 · 1 page private']);
  });

  it('are single pages where there are few, with the bytes used of each', () => {
    const { pagesPerCell, cells } = cellRow(
      [
        region({
          id: 'x',
          firstPage: 100,
          pages: 3,
          resident: [100, 102],
          private: [101, 102],
          used: [0, 5000],
        }),
      ],
      PAGE,
      64,
    );
    assert.equal(pagesPerCell, 1);
    const blank = {
      pages: 1,
      privatePages: 0,
      sharedPages: 0,
      privateUsed: 0,
      sharedUsed: 0,
      gonePages: 0,
    };
    assert.deepEqual(cells, [
      { ...blank, firstPage: 100, sharedPages: 1, sharedUsed: 4096 },
      { ...blank, firstPage: 101, privatePages: 1, privateUsed: 904 },
      { ...blank, firstPage: 102 },
    ]);
  });

  it('stand for more pages where there are many, never more cells than asked for', () => {
    for (const pages of [64, 65, 128, 129, 12_345, 2 ** 28]) {
      const row = cellRow([region({ id: 'x', pages, resident: [0, pages] })], PAGE, 64);
      assert.ok(row.cells.length <= 64 && row.cells.length > 32, String(pages));
      assert.equal(Math.log2(row.pagesPerCell) % 1, 0);
      assert.equal(
        sum(row.cells, (cell) => cell.pages),
        pages,
      );
    }
  });

  it('lose no page and no byte, whatever the regions', () => {
    fc.assert(
      fc.property(regions, fc.integer({ min: 1, max: 64 }), (all, most) => {
        const { cells } = cellRow(all, PAGE, most);
        assert.equal(
          sum(cells, (cell) => cell.pages),
          all.reduce((n, r) => n + r.pages, 0),
        );
        assert.equal(
          sum(cells, (cell) => cell.privatePages),
          total(all, 'private'),
        );
        assert.equal(
          sum(cells, (cell) => cell.privatePages + cell.sharedPages),
          total(all, 'resident'),
        );
        assert.equal(
          sum(cells, (cell) => (cell.privateUsed ?? 0) + (cell.sharedUsed ?? 0)),
          all.reduce((n, r) => n + usedResident(r), 0),
        );
        for (const cell of cells) {
          assert.ok(cell.privatePages + cell.sharedPages <= cell.pages);
          assert.ok((cell.privateUsed ?? 0) <= cell.privatePages * PAGE);
          assert.ok((cell.sharedUsed ?? 0) <= cell.sharedPages * PAGE);
        }
      }),
    );
  });
});

describe('shapes of cells', () => {
  const shapesOf = (over: Partial<Cell>) =>
    cellShapes(
      {
        pagesPerCell: 4,
        cells: [
          {
            firstPage: 0,
            pages: 4,
            privatePages: 0,
            sharedPages: 0,
            privateUsed: 0,
            sharedUsed: 0,
            gonePages: 0,
            ...over,
          },
        ],
      },
      8,
      PAGE,
    );

  it('are a dot for pages that are not in RAM', () => {
    const shapes = shapesOf({});
    assert.notEqual(shapes.absent, '');
    assert.equal(shapes.privateUsed + shapes.privateSlack + shapes.sharedUsed, '');
  });

  it('show a single used byte, and a single byte of slack', () => {
    const one = shapesOf({ privatePages: 4, privateUsed: 1 });
    assert.notEqual(one.privateUsed, '');
    const allButOne = shapesOf({ privatePages: 4, privateUsed: 4 * PAGE - 1 });
    assert.notEqual(allButOne.privateSlack, '');
    const all = shapesOf({ privatePages: 4, privateUsed: 4 * PAGE });
    assert.equal(all.privateSlack, '');
  });

  it('show one shared page among thousands of private ones', () => {
    const shapes = shapesOf({ pages: 4096, privatePages: 4095, sharedPages: 1, sharedUsed: PAGE });
    assert.notEqual(shapes.sharedUsed, '');
  });

  it('draw shared pages narrower than private ones', () => {
    const width = (path: string) => Number(/h([\d.]+)/.exec(path)?.[1]);
    assert.equal(width(shapesOf({ privatePages: 4, privateUsed: 4 * PAGE }).privateUsed), CELL);
    assert.ok(width(shapesOf({ sharedPages: 4, sharedUsed: 4 * PAGE }).sharedUsed) < CELL);
  });

  it('never leave their cell', () => {
    fc.assert(
      fc.property(regions, fc.integer({ min: 1, max: 20 }), (all, columns) => {
        const shapes = cellShapes(cellRow(all, PAGE, 64), columns, PAGE);
        const paths = [
          shapes.privateUsed,
          shapes.privateSlack,
          shapes.sharedUsed,
          shapes.sharedSlack,
          shapes.absent,
        ];
        for (const [, x, y, w, h] of paths.join('').matchAll(/M(.+?) (.+?)h(.+?)v(.+?)h/g)) {
          const [left, top, width, height] = [x, y, w, h].map(Number) as [
            number,
            number,
            number,
            number,
          ];
          assert.ok(width > 0 && height > 0);
          assert.equal(Math.floor(left / PITCH), Math.floor((left + width - 0.02) / PITCH));
          assert.ok((top % PITCH) + height <= CELL + 0.02, `${top} ${height}`);
          assert.ok(top + height <= shapes.height && left + width <= shapes.width);
        }
      }),
    );
  });
});

/** Bytes with a use in the pages in RAM. */
function usedResident(r: Region): number {
  const resident = shift(r.resident, -r.firstPage).map((page) => page * PAGE);
  return count(intersect(union(resident), r.used ?? []));
}
