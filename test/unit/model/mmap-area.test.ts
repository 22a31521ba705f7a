import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Block, blockOf, type Placed, reserved } from '../../../src/model/mapping.js';
import { mmapArea } from '../../../src/model/mmap-area.js';
import type { MmapItem } from '../../../src/model/mmap-arrangement.js';
import { blocksAt, type Part } from '../../../src/model/process.js';
import { coarsen, type Runs, run, shift, union } from '../../../src/model/runs.js';

const PER_TABLE = 512;
const HUGE = 512;

/** A block of regions, each touched all over: where they begin, and their pages. */
const block = (...regions: readonly (readonly [start: number, pages: number])[]): Block =>
  blockOf(
    regions.map(([start, pages], i) => {
      const resident = run(start, pages);
      return { ...reserved(`region-${i}`, '', start, pages), resident, residentLeast: resident };
    }),
  );

const item = (of: Block, more: Partial<MmapItem> = {}): MmapItem => ({
  block: of,
  align: 1,
  when: 'start',
  ...more,
});

/** Pages that the lasting items begin at, in their order. */
const startsAt = (parts: readonly Part[], items: readonly MmapItem[], placement: number) => {
  const bases = new Map(blocksAt(parts, placement).map(({ block: of, base }) => [of, base]));
  return items.map((one) => bases.get(one.block)).filter((base) => base !== undefined);
};

/** What is touched, with gaps that make no difference to tables closed. */
const touchedAt = (parts: readonly Part[], placement: number): Runs =>
  union(
    ...parts.map(({ clusters, which, bases }) =>
      shift(clusters[which[placement] as number]?.touched.usual ?? [], bases[placement] as number),
    ),
  );

/** Where the items begin below a top that is a multiple of everything, and the tables they have. */
function placed(...items: readonly MmapItem[]) {
  const top = 2 ** 20;
  const parts = mmapArea(items, Float64Array.of(top), PER_TABLE);
  return {
    starts: startsAt(parts, items, 0).map((start) => start - top),
    touched: shift(touchedAt(parts, 0), -top),
  };
}

describe('the mmap area', () => {
  it('is filled from the top down', () => {
    assert.deepEqual(placed(item(block([0, 10])), item(block([0, 5]))).starts, [-10, -15]);
  });

  it('has what comes later in holes of a program, the highest that fits', () => {
    const program = block([0, 3], [16, 3]); // as one aligned to 64 KiB, loaded as a loader is
    const vdso = block([0, 8]);
    const holes = [3, 16];
    assert.deepEqual(placed(item(program, { holes }), item(vdso)).starts, [-19, -11]);
    assert.deepEqual(placed(item(program), item(vdso)).starts, [-19, -27]);
  });

  it('counts the tables of what lies in a hole', () => {
    const holes = [1, 5000];
    const { starts, touched } = placed(
      item(block([0, 1], [5000, 1]), { holes }),
      item(block([0, 3000])),
      item(block([0, 8])),
    );
    assert.deepEqual(starts, [-5001, -3001, -3009]);
    assert.deepEqual(touched, [-5001, -5000, -3009, 0]);
  });

  it('aligns a large file as high as there is room, and what follows goes above it', () => {
    const large = item(block([0, 600]), { align: HUGE });
    assert.deepEqual(placed(large, item(block([0, 8]))).starts, [-1024, -8]);
  });

  it('takes the lowest aligned place of what is reserved', () => {
    // 16 pages for what is aligned to 16 and has 9: 32 are asked for.
    const library = item(block([0, 9]), { align: 16, reserve: 32 });
    assert.deepEqual(placed(item(block([0, 3])), library).starts, [-3, -32]);
    assert.deepEqual(
      placed(item(block([0, 3])), library, item(block([0, 20]))).starts,
      [-3, -32, -23],
    );
  });
});

/** Of few pages, so that they meet; what is temporary has no hole. */
const randomItem: fc.Arbitrary<MmapItem> = fc
  .record({
    pages: fc.integer({ min: 0, max: 40 }),
    align: fc.constantFrom(1, 1, 1, 4, 16),
    reserves: fc.boolean(),
    hole: fc.boolean(),
    when: fc.constantFrom<MmapItem['when'][]>('start', 'start', 'until-start', 'later'),
  })
  .map(({ pages, align, reserves, hole, when }) => {
    const hasHole = hole && pages > 4 && when === 'start';
    const of = hasHole ? block([0, 2], [pages - 1, 1]) : block([0, pages]);
    return item(of, {
      align,
      when,
      ...(reserves && align > 1 ? { reserve: Math.max(pages, align) + align } : {}),
      ...(hasHole ? { holes: run(2, pages - 3) } : {}),
    });
  });

/** First pages, by what the kernel and the loader do: page by page, in one placement. */
function mapped(items: readonly MmapItem[], top: number): number[] {
  const taken = new Set<number>();
  const isFree = (page: number, pages: number) => {
    for (let p = page; p < page + pages; p++) if (p >= top || taken.has(p)) return false;
    return true;
  };
  const take = (page: number, pages: number) => {
    for (let p = page; p < page + pages; p++) taken.add(p);
  };
  const temporary: Placed[] = [];
  const starts: number[] = [];
  for (const { block: of, align, reserve, holes = [], when } of items) {
    if (when === 'later') {
      for (const { block: gone, base } of temporary.splice(0)) {
        for (let p = base; p < base + gone.pages; p++) taken.delete(p);
      }
    }
    if (of.pages === 0) continue;
    const room = reserve ?? (align > 1 ? of.pages + align : of.pages);
    let lowest = top;
    while (!isFree(lowest, room)) lowest--;
    let start = reserve === undefined ? lowest + room - of.pages : lowest;
    while (start % align !== 0) start += reserve === undefined ? -1 : 1;
    take(start, of.pages);
    for (let p = holes[0] ?? 0; p < (holes[1] ?? 0); p++) taken.delete(start + p);
    if (when === 'until-start') temporary.push({ block: of, base: start });
    else starts.push(start);
  }
  return starts;
}

describe('any mmap area', () => {
  it('is what mapping one after the other makes of it, wherever its top is', () => {
    const tops = Float64Array.from({ length: 34 }, (_, i) => 2 ** 20 + i);
    fc.assert(
      fc.property(fc.array(randomItem, { maxLength: 9 }), (items) => {
        const parts = mmapArea(items, tops, 8);
        tops.forEach((top, i) => {
          const starts = startsAt(parts, items, i);
          assert.deepEqual(starts, mapped(items, top));
          const placedBlocks = blocksAt(parts, i);
          const touched = placedBlocks.map(({ block: of, base }) => shift(of.resident, base));
          assert.deepEqual(coarsen(touchedAt(parts, i), 8), coarsen(union(...touched), 8));
        });
      }),
      { numRuns: 200 },
    );
  });
});
