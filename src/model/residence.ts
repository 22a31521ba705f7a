import type { Binary, Segment } from '../binary/binary.js';
import { loadSegments } from './load-segments.js';
import type { Loading } from './loading.js';
import type { Mapping } from './mapping.js';
import { pageOf } from './page-numbers.js';
import { count, intersect, type Runs, run, union } from './runs.js';

/**
 * Bytes up to which a touched segment is taken to be mapped whole, by the kernel's fault-around: measured on Linux
 * 6.18, see docs/model.md.
 */
const WHOLE_SEGMENT = 2 ** 21;

/**
 * Which pages of a segment's file part are in RAM. It is taken to be touched all over, as the kernel maps neighbouring
 * pages along with the one asked for. But of more than it maps at a touch, in a library of which nothing runs before
 * main(), only the page of code is where the start files' functions are; and where there is no other code, the
 * constants are for others, and nobody need read them: of libicudata's 7,630 pages ten programs had none.
 *
 * @param pages of the file part, numbered as linked; one run
 * @param written those of them that are
 */
export function residence(
  binary: Binary,
  segment: Segment,
  pages: Runs,
  written: Runs,
  loading: Loading,
): Pick<Mapping, 'resident' | 'residentLeast' | 'residentMost'> {
  const { role, pageSize } = loading;
  const { writable, executable, offset } = segment;
  const least = leastResident(binary, segment, pages, written, loading);
  const isLarge = count(pages) * pageSize > WHOLE_SEGMENT;
  if (writable || !isLarge || role !== 'library' || binary.hasInitialisers) {
    return { resident: pages, residentLeast: least };
  }
  const code = loadSegments(binary).filter((load) => load.executable);
  if (code.every(({ fileSize }) => fileSize <= BigInt(pageSize))) {
    return { resident: least, residentLeast: least };
  }
  const hasHeaders = offset < BigInt(pageSize); // and behind them symbols and relocations
  if (hasHeaders) return { resident: pages, residentLeast: least };
  const touched = executable ? union(run(pages[0] as number, 1), written) : written;
  return { resident: touched, residentLeast: touched, residentMost: pages };
}

/**
 * What is sure to be touched: the begin of code, where start files' functions are, and what lies
 * with the headers, of more than 2 MiB its begin; of data what is written. Constants that nobody
 * reads are not even mapped, nor is the table they would need.
 */
function leastResident(
  { entry }: Binary,
  segment: Segment,
  pages: Runs,
  written: Runs,
  { role, readsHeaders, pageSize }: Loading,
): Runs {
  const [start = 0, end = 0] = pages;
  const { writable, executable, offset } = segment;
  // A program begins in one segment, and need not call what is in another.
  const entered = intersect(run(pageOf(entry, pageSize), role === 'library' ? 0 : 1), pages);
  const isRun = executable && (role === 'library' || entered.length > 0);
  const isRead = !writable && (isRun || (readsHeaders && offset < BigInt(pageSize)));
  if (!isRead) return union(written, entered);
  if (!executable && (end - start) * pageSize <= WHOLE_SEGMENT) return pages;
  return union([start, start + 1], written, entered);
}
