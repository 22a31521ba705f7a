import type { Binary } from '../binary/binary.js';
import type { Cost, Region, RegionKind } from './cost.js';
import { loadSegments } from './load-segments.js';
import { pageAfter, pageOf } from './page-numbers.js';
import { PROGRAM_PREFIX } from './row-ids.js';
import { intersect, NO_RUNS, type Runs, shift, union } from './runs.js';

/** What the pages that a range of a program's addresses lies on are to a process at start-up. */
export interface RangeCost {
  /** Pages the range touches, and the first of them as the file has it: without a load bias. */
  readonly pages: number;
  readonly firstPage: number;
  /** Of those: pages this process alone holds, pages in RAM once for all, and pages in no RAM. */
  readonly privatePages: number;
  readonly sharedPages: number;
  readonly untouchedPages: number;
  /** Bytes of its pages in RAM that nothing has a use for. */
  readonly slackBytes: number;
}

/** Prices `size` bytes from `address`, both as the headers have them. */
export type RangeCosts = (address: bigint, size: bigint) => RangeCost;

/**
 * Prices address ranges of the program itself. A page counts with every range that touches it, so
 * prices of neighbours do not add up. A price takes the logarithm of the number of page runs: a file
 * may have 100,000 sections, and as many runs.
 */
export function rangeCosts(binary: Binary, cost: Cost): RangeCosts {
  const { pageSize } = cost;
  const { own, placed, linked } = ownRegions(binary, cost);
  // Everything is counted from the program's first page: there, bytes are exact in a double.
  const resident = counter(union(...own.map((r) => shift(r.resident, -placed))));
  const alone = counter(union(...own.map((r) => shift(r.private, -placed))));
  const used = counter(union(...own.map((r) => residentUse(r, placed, pageSize))));

  return (address, size) => {
    const firstPage = pageOf(address, pageSize);
    const end = pageAfter(address + size, pageSize);
    const pages = size > 0n ? end - firstPage : 0;
    const start = firstPage - linked;
    const residentPages = resident(start, start + pages);
    const privatePages = alone(start, start + pages);
    return {
      pages,
      firstPage,
      privatePages,
      sharedPages: residentPages - privatePages,
      untouchedPages: pages - residentPages,
      slackBytes: residentPages * pageSize - used(start * pageSize, (start + pages) * pageSize),
    };
  };
}

/** The regions of the program's own that a range of its pages is in, ascending. */
export function regionsOn(
  binary: Binary,
  cost: Cost,
  { firstPage, pages }: Pick<RangeCost, 'firstPage' | 'pages'>,
): readonly Region[] {
  const { own, placed, linked } = ownRegions(binary, cost);
  const start = firstPage - linked + placed;
  return own.filter(
    (region) => region.firstPage < start + pages && start < region.firstPage + region.pages,
  );
}

/** The region of the program's own that a page is in, by its number as linked, and its number as placed. */
export function placeOf(
  binary: Binary,
  cost: Cost,
  linkedPage: number,
): { readonly region: Region; readonly page: number } | undefined {
  const { own, placed, linked } = ownRegions(binary, cost);
  const page = linkedPage - linked + placed;
  const region = own.find(({ firstPage, pages }) => page >= firstPage && page < firstPage + pages);
  return region && { region, page };
}

/** The regions of the program itself, and its first page as placed and as linked. */
function ownRegions(binary: Binary, { pageSize, regions }: Cost) {
  const own = regions.filter(isOwn);
  const lowest = loadSegments(binary)[0];
  const linked = pageOf(lowest?.address ?? 0n, pageSize);
  return { own, placed: own[0]?.firstPage ?? 0, linked }; // regions ascend
}

const FROM_FILE: readonly RegionKind[] = ['code', 'data', 'bss'];

const isOwn = ({ id, kind }: Region) => id.startsWith(PROGRAM_PREFIX) && FROM_FILE.includes(kind);

/** Bytes with a use on the region's pages in RAM, counted from page `origin`. */
function residentUse(
  { firstPage, resident, used = NO_RUNS }: Region,
  origin: number,
  pageSize: number,
): Runs {
  const inRam = shift(resident, -firstPage).map((page) => page * pageSize);
  return shift(intersect(used, inRam), (firstPage - origin) * pageSize);
}

/** Counts the numbers of a set from `start` to before `end`. */
function counter(runs: Runs): (start: number, end: number) => number {
  const before: number[] = []; // how many numbers the runs before each one hold
  let sum = 0;
  for (let i = 0; i < runs.length; i += 2) {
    before.push(sum);
    sum += (runs[i + 1] as number) - (runs[i] as number);
  }
  /** Numbers of the set below `n`. */
  const below = (n: number): number => {
    let low = 0;
    let high = before.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((runs[2 * middle] as number) < n) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return 0;
    const last = 2 * (low - 1);
    return (
      (before[low - 1] as number) + Math.min(n, runs[last + 1] as number) - (runs[last] as number)
    );
  };
  return (start, end) => below(end) - below(start);
}
