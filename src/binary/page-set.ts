import type { PageSet } from './binary.js';

/** Bytes of a page of a PageSet: the smallest page any system here uses. */
export const PAGE_SET_SHIFT = 12;

/** Collects page numbers in any order, with repeats; memory follows the changes of page, not the bytes. */
export function pageCollector(): { add(page: number): void; pages(): PageSet } {
  let buffer = new Float64Array(64);
  let count = 0;
  let last = -1;
  return {
    add(page) {
      // Relocations are mostly sorted: the same page comes many times in a row.
      if (page === last) return;
      last = page;
      if (count === buffer.length) {
        const grown = new Float64Array(count * 2);
        grown.set(buffer);
        buffer = grown;
      }
      buffer[count++] = page;
    },
    pages() {
      const sorted = buffer.subarray(0, count).sort();
      const runs: number[] = [];
      for (const page of sorted) {
        const end = runs.at(-1);
        if (end === undefined || page > end) runs.push(page, page + 1);
        else if (page === end) runs[runs.length - 1] = page + 1;
      }
      return runs;
    },
  };
}
