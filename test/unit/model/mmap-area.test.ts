import assert from 'node:assert/strict';
import fc from 'fast-check';
import { anonymous, blockOf } from '../../../src/model/mapping.js';
import { type MmapItem, mmapArea } from '../../../src/model/mmap-area.js';
import { run, shift, union } from '../../../src/model/runs.js';

const item = (id: string, pages: number, align: number, when: MmapItem['when']): MmapItem => {
  const written = union(run(0, Math.min(1, pages)), run(pages - 1, Math.min(1, pages)));
  const area = { pages, guard: 0, written, used: [] };
  const charge = { rule: 'loader', quality: 'exact', detail: undefined } as const;
  return { block: blockOf([anonymous(id, id, 'loader', area, charge)]), align, when };
};

/** Sizes around the alignments, where what fits into which gap depends on the top. */
const items = fc
  .array(
    fc.record({
      pages: fc.oneof(fc.nat(40), fc.integer({ min: 200, max: 1300 })),
      align: fc.constantFrom(1, 1, 1, 16, 512),
      when: fc.constantFrom<MmapItem['when']>('start', 'start', 'start', 'until-start', 'later'),
    }),
    { maxLength: 12 },
  )
  .map((specs) => specs.map(({ pages, align, when }, i) => item(`${i}`, pages, align, when)));

const tops = fc.array(fc.integer({ min: 2 ** 30, max: 2 ** 30 + 2000 }), {
  minLength: 1,
  maxLength: 40,
});

/** Where each mapping goes below one top: gap by gap, highest first. */
function oneByOne(all: readonly MmapItem[], top: number): Map<string, number> {
  const gaps = [{ start: 0, end: top }];
  const places = new Map<string, number>();
  const temporary: { start: number; end: number }[] = [];
  for (const { block, align, when } of all) {
    if (when === 'later') {
      for (const gap of temporary.splice(0)) {
        const below = gaps.findIndex(({ start }) => start < gap.start);
        gaps.splice(below < 0 ? gaps.length : below, 0, gap);
      }
    }
    if (block.pages === 0) continue;
    const room = align > 1 ? block.pages + align : block.pages;
    const index = gaps.findIndex(({ start, end }) => end - start >= room);
    const gap = gaps[index] as { start: number; end: number };
    const { end } = gap;
    const at = end - block.pages - ((end - block.pages) % align);
    gap.end = at;
    gaps.splice(index, 0, { start: at + block.pages, end });
    if (when === 'until-start') temporary.push({ start: at, end: at + block.pages });
    else places.set(block.mappings[0]?.id ?? '', at);
  }
  return places;
}

describe('The mmap area', () => {
  it('has everything where placing one after the other puts it, below any top', () => {
    fc.assert(
      fc.property(items, fc.nat(1), tops, (all, alone, several) => {
        const area = mmapArea(all, alone);
        for (const top of several) {
          const placed = area(top);
          const found = placed.flatMap(({ block, base }) =>
            block.mappings.map(({ id, start }): [string, number] => [id, base + start]),
          );
          assert.deepEqual(new Map(found), oneByOne(all, top));
          assert.equal(found.length, new Set(found.map(([id]) => id)).size);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is of blocks in ascending order, each as large and in use as its parts', () => {
    fc.assert(
      fc.property(items, tops, (all, several) => {
        const area = mmapArea(all, 0);
        for (const top of several) {
          let end = 0;
          for (const { block, base } of area(top)) {
            assert.ok(base >= end);
            end = base + block.pages;
            const last = block.mappings.at(-1);
            assert.equal(block.pages, last && last.start + last.pages);
            assert.deepEqual(block.resident, union(...block.mappings.map((m) => m.resident)));
            assert.deepEqual(
              shift(block.residentLeast, base),
              union(...block.mappings.map((m) => shift(m.residentLeast, base))),
            );
          }
          assert.ok(end <= top);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is one block of what moves together, and works a layout out once', () => {
    const small = [item('a', 30, 1, 'start'), item('b', 20, 1, 'start')];
    const area = mmapArea(small, 0);
    const [first] = area(5000);
    assert.deepEqual(
      first?.block.mappings.map(({ id }) => id),
      ['b', 'a'],
    );
    assert.equal(area(7123)[0]?.block, first?.block);
    assert.equal(mmapArea([...small], 0)(9000)[0]?.block, first?.block);
    assert.equal(mmapArea(small, 1)(9000).length, 2);
  });
});
