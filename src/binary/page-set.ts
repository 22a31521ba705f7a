import type { PageSet } from './binary.js';

/** Bytes of a page of a PageSet, which is the smallest page that any system here uses, and its logarithm. */
export const PAGE_SET_BYTES = 4096;
export const PAGE_SET_SHIFT = 12;

/** Page numbers, in any order and with repeats, on their way to a set. */
export interface PageCollector {
  add(page: number): void;
  /** The set, and whether that is all of it: of more than `most` runs, the lowest are there. */
  pages(most: number): { readonly pages: PageSet; readonly isWhole: boolean };
}

/** Collects page numbers; memory follows the changes of page, not the bytes. */
export function pageCollector(): PageCollector {
  const added: number[] = [];
  let last = -1;
  let sorted = true;
  return {
    add(page) {
      // Relocations are mostly sorted: the same page comes many times in a row.
      if (page === last) return;
      if (page < last) sorted = false;
      last = page;
      added.push(page);
    },
    pages(most) {
      const pages = sorted ? added : new Float64Array(added).sort();
      const runs: number[] = [];
      let end = -1;
      for (let i = 0; i < pages.length; i++) {
        const page = pages[i] as number;
        if (page > end) {
          if (runs.length === 2 * most) return { pages: runs, isWhole: false };
          runs.push(page, page + 1);
        } else if (page === end) runs[runs.length - 1] = page + 1;
        end = page + 1;
      }
      return { pages: runs, isWhole: true };
    },
  };
}
