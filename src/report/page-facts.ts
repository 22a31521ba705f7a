import { pageAddress } from '../format.js';
import { count, type Runs, runPairs } from '../model/runs.js';

/** Pages of an object, as plain data. */
export interface PageFacts {
  readonly pages: number;
  /** Ascending. */
  readonly ranges: readonly PageRange[];
  /** Further ranges, where there are too many to list. */
  readonly moreRanges: number;
}

export interface PageRange {
  /** Of the first byte, in hex: a number of JSON may be too small for it. */
  readonly address: string;
  readonly pages: number;
}

/** Ranges that are listed: a file may have a million, and few of them are read. */
const MOST_RANGES = 256;

/** Page numbers as addresses of what they are counted from. */
export function pageFacts(pages: Runs, pageSize: number): PageFacts {
  const ranges = runPairs(pages, MOST_RANGES).map(([start, end]) => ({
    address: pageAddress(start, pageSize),
    pages: end - start,
  }));
  return { pages: count(pages), ranges, moreRanges: pages.length / 2 - ranges.length };
}
