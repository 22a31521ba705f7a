import fc from 'fast-check';
import type { Region } from '../../../src/model/cost.js';
import { count, intersect, type Runs, union } from '../../../src/model/runs.js';

export const PAGE = 4096;

/** A region with nothing in it, and what a test wants different. */
export const region = (over: Partial<Region> & Pick<Region, 'id'>): Region => ({
  label: over.id,
  kind: 'data',
  object: undefined,
  row: undefined,
  firstPage: 0,
  pages: 1,
  readable: true,
  writable: true,
  executable: false,
  resident: [],
  private: [],
  used: [],
  ...over,
});

/** Some pages of a region, as runs. */
const pagesOf = (firstPage: number, pages: number): fc.Arbitrary<Runs> =>
  fc
    .array(fc.tuple(fc.nat(pages), fc.nat(pages)), { maxLength: 6 })
    .map((pairs) =>
      union(...pairs.map(([a, b]) => [firstPage + Math.min(a, b), firstPage + Math.max(a, b)])),
    );

/** A region of some pages at `firstPage`, with resident, private and used parts of any shape. */
const regionAt = (id: string, firstPage: number, pages: number): fc.Arbitrary<Region> =>
  fc
    .record({
      resident: pagesOf(firstPage, pages),
      owned: pagesOf(firstPage, pages),
      used: pagesOf(0, pages),
      bytes: fc.integer({ min: 1, max: PAGE }),
      object: fc.constantFrom(undefined, 'a', 'b'),
    })
    .map(({ resident, owned, used, bytes, object }) =>
      region({
        id,
        firstPage,
        pages,
        object,
        resident,
        private: intersect(owned, resident),
        used: union(...pairs(used).map(([a, b]) => [a * PAGE, (b - 1) * PAGE + bytes])),
      }),
    );

/** Regions by ascending address, some of them far apart. */
export const regions: fc.Arbitrary<Region[]> = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constant(0), fc.nat(2000), fc.nat(2 ** 30)),
      fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2 ** 22 })),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .chain((shapes) => {
    let next = 0;
    return fc.tuple(
      ...shapes.map(([gap, pages], index) => {
        const firstPage = next + gap;
        next = firstPage + pages;
        return regionAt(`r${index}`, firstPage, pages);
      }),
    );
  });

/** Pages of some regions that any set of theirs holds. */
export const total = (some: readonly Region[], of: 'resident' | 'private'): number =>
  some.reduce((sum, r) => sum + count(r[of]), 0);

/** Runs as pairs. */
function pairs(runs: Runs): readonly (readonly [number, number])[] {
  return runs.flatMap((start, index) =>
    index % 2 === 0 ? [[start, runs[index + 1] as number] as const] : [],
  );
}
