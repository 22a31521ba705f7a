import { roundUp } from './round-up.js';
import { eachRun, type Runs, run } from './runs.js';

/** Anonymous memory that the dynamic loader maps for itself. */
export interface LoaderArea {
  /** Whether it holds the thread's block, with what is in front and behind. */
  hasThread: boolean;
  /** How many libraries are mapped before it is; -1 where that is before any is looked for. */
  readonly after: number;
  readonly pages: number;
  /** Pages written, from its first one. */
  readonly written: Runs;
}

/** What the malloc of glibc's loader has given so far (elf/dl-minimal-malloc.c). */
export interface MinimalMalloc {
  readonly areas: readonly LoaderArea[];
  /** How many libraries are mapped by now; -1 before any is looked for. */
  mapped: number;
  /**
   * Gives some bytes. All of them are written, or some, counted from the next multiple of `align`. Returns the area
   * they are in; undefined of the loader's own page.
   */
  take(bytes: number, written?: Runs, align?: number): LoaderArea | undefined;
  /** Takes back the bytes that were given last, which were written; of others it takes none back. */
  free(): void;
}

/** Its alignment (MALLOC_ALIGNMENT). */
const ALIGN = 16;

/**
 * It takes the end of the loader's own last page, then what mmap gives it: pages for the request and one more, of
 * which the rest serves the requests that follow.
 *
 * @param slack bytes left on that page
 */
export function minimalMalloc(slack: number, pageSize: number): MinimalMalloc {
  const areas: { hasThread: boolean; after: number; pages: number; written: number[] }[] = [];
  let end = pageSize;
  let top = pageSize - slack;
  let last = top; // where the bytes begin that were given last
  const malloc: MinimalMalloc = {
    areas,
    mapped: -1,
    take(bytes, written = run(0, bytes), align = ALIGN) {
      top = roundUp(top, ALIGN);
      if (top + bytes >= end) {
        const pages = Math.ceil(bytes / pageSize) + 1;
        areas.push({ hasThread: false, after: malloc.mapped, pages, written: [] });
        end = pages * pageSize;
        top = 0;
      }
      last = top;
      const area = areas.at(-1); // the loader's own page is written in any case
      const begin = roundUp(top, Math.min(align, pageSize)); // which of the pages is a multiple of more, chance tells
      if (area)
        eachRun(written, (from, to) => touch(area.written, begin + from, begin + to, pageSize));
      top += bytes;
      return area;
    },
    free() {
      top = last;
    },
  };
  return malloc;
}

/** Adds the pages of some bytes to runs that end at none behind them. */
function touch(runs: number[], start: number, end: number, pageSize: number): void {
  const first = Math.floor(start / pageSize);
  const beyond = Math.ceil(end / pageSize);
  if (first <= (runs.at(-1) ?? -1)) runs[runs.length - 1] = beyond;
  else runs.push(first, beyond);
}
