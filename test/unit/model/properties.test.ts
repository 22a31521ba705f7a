import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Cost, Region, RegionKind } from '../../../src/model/cost.js';
import { count, eachRun, intersect, type Runs, shift, union } from '../../../src/model/runs.js';
import { totalBytes } from '../../../src/model/total.js';
import { X86_64 } from '../../../src/system/geometry.js';
import { programs, workloads } from '../../support/random-programs.js';
import { conditions, costOf } from '../../support/sample.js';

const costs = fc
  .tuple(programs, workloads, fc.boolean())
  .map(([program, workload, aslr]) => costOf(program, conditions(workload, { aslr })));

/** Kinds of regions whose bytes with a use are counted: not those of kernel, loader and allocator. */
const PROGRAMS_OWN: ReadonlySet<RegionKind> = new Set(['code', 'data', 'bss', 'stack']);

const everyCost = (holds: (cost: Cost) => void) =>
  fc.assert(fc.property(costs, holds), { numRuns: 60 });

describe('every estimate', () => {
  it('has rows that sum to its totals, in whole bytes', () => {
    everyCost((cost) => {
      const sum = (...categories: string[]) =>
        cost.rows
          .filter((row) => categories.includes(row.category))
          .reduce((total, row) => total + (row.bytes ?? 0), 0);
      const { bytes, privateBytes, pageTableBytes, kernelBytes } = cost.perProcess;
      assert.equal(sum('private'), privateBytes);
      assert.equal(sum('page-tables'), pageTableBytes);
      assert.equal(sum('kernel'), kernelBytes);
      assert.equal(sum('private', 'page-tables', 'kernel'), bytes);
      assert.equal(sum('shared'), cost.sharedOnceBytes);
      for (const row of cost.rows) assert.ok(Number.isInteger(row.bytes) && (row.bytes ?? 0) >= 0);
      assert.equal(new Set(cost.rows.map((row) => row.id)).size, cost.rows.length);
    });
  });

  it('is linear in the number of processes', () => {
    fc.assert(
      fc.property(costs, fc.integer({ min: 1, max: 1_000_000 }), (cost, n) => {
        assert.equal(totalBytes(cost, n), cost.sharedOnceBytes + n * cost.perProcess.bytes);
      }),
      { numRuns: 20 },
    );
  });

  it('has regions in order that do not overlap, with their pages inside them', () => {
    everyCost(({ regions, pageSize }) => {
      let end = 0;
      for (const region of regions) {
        assert.ok(region.firstPage >= end, `${region.label} begins in the one before`);
        end = region.firstPage + region.pages;
        const whole = [region.firstPage, end];
        for (const pages of [region.resident, region.private]) {
          assert.equal(count(intersect(pages, whole)), count(pages), region.label);
        }
        assert.equal(count(intersect(region.private, region.resident)), count(region.private));
        assert.ok((region.used?.at(-1) ?? 0) <= region.pages * pageSize, region.label);
        if (PROGRAMS_OWN.has(region.kind)) assert.ok(region.used, region.label);
      }
    });
  });

  it('has private pages in regions of a row, and as many as the row says', () => {
    everyCost(({ rows, regions }) => {
      const pagesOf = new Map<string | undefined, number>();
      for (const region of regions) {
        pagesOf.set(region.row, (pagesOf.get(region.row) ?? 0) + count(region.private));
        if (region.writable) assert.ok(region.row, `${region.label} can be written`);
      }
      assert.equal(pagesOf.get(undefined) ?? 0, 0);
      for (const { id, pages, category } of rows) {
        if (category !== 'private' || id === 'stack') continue; // the stack's are a mean
        assert.equal(pagesOf.get(id), pages, id);
        assert.notEqual(pages, 0, id);
      }
    });
  });

  it('says of each private page that does not depend on chance why it is one', () => {
    everyCost(({ rows, regions, aslr }) => {
      for (const { id, category, pages, reasons } of rows) {
        if (category !== 'private' || (id === 'stack' && aslr)) continue;
        assert.equal(count(union(...reasons.map((reason) => reason.pages))), pages, id);
      }
      // In the program itself they are also where its regions have them.
      const own = rows.filter(({ object }) => object === 'random');
      const why = union(...own.flatMap((row) => row.reasons.map((reason) => reason.pages)));
      const ids = new Set(own.map(({ id }) => id));
      const found = regions.filter(({ row = '' }) => ids.has(row)).map((region) => region.private);
      assert.deepEqual(fromFirst(why), fromFirst(union(...found)));
    });
  });

  it('never uses more bytes than it pays for', () => {
    everyCost(({ fill, perProcess }) => {
      assert.ok(fill.usedBytes <= perProcess.privateBytes + 4096);
      assert.equal(fill.paidBytes, perProcess.bytes);
    });
  });

  it('counts the tables that counting page by page gives', () => {
    everyCost(({ regions, pageTables, perProcess }) => {
      if (perProcess.privateBytes > 2 ** 24) return; // a gigabyte of bss, page by page: not here
      const pages = touchedPages(regions);
      let total = 0;
      X86_64.levels.slice(0, -1).forEach((level, i) => {
        const perTable = 2 ** (level.coverBits - 12);
        const tables = new Set([...pages].map((page) => Math.floor(page / perTable))).size;
        assert.equal(pageTables.levels[i]?.tables, tables, level.name);
        total += tables;
      });
      assert.equal(pageTables.levels[0]?.entriesUsed, pages.size);
      assert.ok(pageTables.distribution.some((d) => d.tables === total));
      assert.ok(pageTables.min <= pageTables.mean && pageTables.mean <= pageTables.max);
      const shares = pageTables.distribution.reduce((sum, d) => sum + d.share, 0);
      assert.ok(Math.abs(shares - 1) < 1e-9);
    });
  });
});

/** As counted from the first of them. */
const fromFirst = (pages: Runs): Runs => shift(pages, -(pages[0] ?? 0));

function touchedPages(regions: readonly Region[]): Set<number> {
  const pages = new Set<number>();
  for (const { resident } of regions) {
    eachRun(resident, (start, end) => {
      for (let page = start; page < end; page++) pages.add(page);
    });
  }
  return pages;
}
