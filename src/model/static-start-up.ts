import { type Binary, PT, type Section, type Segment } from '../binary/binary.js';
import type { CLibrary } from '../system/c-library.js';
import { loadSegments } from './load-segments.js';
import { pageAfter, pageOf } from './page-numbers.js';
import { relroEnd } from './relro.js';
import { intersect, NO_RUNS, type Runs, run, union } from './runs.js';

/** What is known of it, in pages, and in bytes where sections tell the places. */
export type StaticStartUp = Pick<
  CLibrary,
  'staticFilePages' | 'staticRelroPages' | 'staticStartUp'
>;

/**
 * Those of a writable segment's file pages that the start-up of the C library in a static program
 * writes: the program's own data lies between its parts.
 */
export function startUpPages(
  binary: Binary,
  segment: Segment,
  filePages: Runs,
  { staticFilePages, staticRelroPages, staticStartUp }: StaticStartUp,
  loading: { readonly protectsRelro: boolean; readonly pageSize: number },
): Runs {
  if (staticStartUp) {
    const found = startUpRuns(binary, staticStartUp, loading.pageSize);
    if (found) return intersect(found, filePages);
  }
  const end = filePages.at(-1) as number;
  const isLast = segment === loadSegments(binary).findLast((s) => s.writable && s.fileSize > 0n);
  const atEnd = isLast ? run(end - staticFilePages, staticFilePages) : NO_RUNS;
  if (staticRelroPages === 0) return intersect(atEnd, filePages);
  const relro = relroEnd(binary, segment, loading);
  // Without RELRO the same data lies close together, a page of it with the rest.
  const others =
    relro === undefined
      ? run(end - staticFilePages - 1, isLast ? 1 : 0)
      : run(relro - staticRelroPages, staticRelroPages + 1);
  return intersect(union(others, atEnd), filePages);
}

/** The same by sections, where there are any: the library's are the last in each, and .got.plt, or .got, has IRELATIVE slots. */
function startUpRuns(
  { class: bits, sections, segments }: Binary,
  { data, relro }: { readonly data: number; readonly relro: number },
  pageSize: number,
): Runs | undefined {
  const section = (name: string) =>
    sections.find((s) => s.name === name && segments.some((of) => isWithin(s, of)));
  const own = section('.data');
  if (!own) return undefined;
  const lastOf = (found: Section | undefined, bytes: number): Runs => {
    if (!found) return NO_RUNS;
    const size = found.size < BigInt(bytes) ? found.size : BigInt(bytes);
    const end = found.address + found.size;
    const first = pageOf(end - size, pageSize);
    return run(first, pageAfter(end, pageSize) - first);
  };
  const plt = section('.got.plt');
  const reserved = BigInt((3 * bits) / 8); // bytes, of words that nobody writes in a static program
  const slots = plt && plt.size > reserved ? plt : section('.got'); // there with mold
  return union(
    lastOf(own, data),
    lastOf(section('.data.rel.ro'), relro),
    lastOf(slots, Number(slots?.size ?? 0n)),
  );
}

const isWithin = ({ address, size }: Section, segment: Segment): boolean =>
  segment.type === PT.LOAD &&
  segment.writable &&
  size > 0n &&
  address >= segment.address &&
  address + size <= segment.address + segment.fileSize;
