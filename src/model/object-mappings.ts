import * as l10n from '@vscode/l10n';
import type { Binary, Segment } from '../binary/binary.js';
import { loadSegments } from './load-segments.js';
import type { Loading } from './loading.js';
import type { Charge, Mapping } from './mapping.js';
import { pageAfter, pageOf } from './page-numbers.js';
import { relroPages, splitAtRelro } from './relro.js';
import { residence } from './residence.js';
import { intersect, type Runs, run, shift, subtract, union } from './runs.js';
import { bssCharge, dataCharge } from './segment-charges.js';
import { usedBytes } from './used-bytes.js';

/**
 * The regions an object's PT_LOAD segments become, as the kernel and the dynamic loader map them:
 * file pages, then zero-filled pages for what memory size exceeds file size. Pages are numbered as
 * linked. Segments must have been found sound by `refusal`.
 */
export function objectMappings(binary: Binary, loading: Loading): Mapping[] {
  const loads = loadSegments(binary);
  return loads.flatMap((segment, index) => {
    const next = loads[index + 1];
    // A page two segments claim goes to the later one: it is mapped over the earlier.
    const limit = next ? pageOf(next.address, loading.pageSize) : Number.POSITIVE_INFINITY;
    return segmentMappings(binary, segment, index, limit, loading);
  });
}

/** Pages of a segment, numbered as linked: those of the file, then those of the bss. */
interface SegmentPages {
  readonly segment: Segment;
  /** What ids of its mappings begin with. */
  readonly origin: string;
  readonly start: number;
  readonly bssStart: number;
  readonly end: number;
  /** Bytes with a use, counted from the first of `start`. */
  readonly used: Runs;
}

function segmentMappings(
  binary: Binary,
  segment: Segment,
  index: number,
  limit: number,
  loading: Loading,
): Mapping[] {
  const { name, role, pageSize } = loading;
  const { address, fileSize, memorySize } = segment;
  const start = pageOf(address, pageSize);
  const endOf = (size: bigint) => Math.min(pageAfter(address + size, pageSize), limit);
  const pages: SegmentPages = {
    segment,
    origin: `${role}:${name}:${index}`,
    start,
    bssStart: fileSize > 0n ? endOf(fileSize) : start,
    end: endOf(memorySize),
    used: usedBytes(binary, segment, pageSize),
  };
  return [...fileMappings(binary, pages, loading), ...bssMappings(binary, pages, loading)];
}

function fileMappings(
  binary: Binary,
  { segment, origin, start, bssStart, used }: SegmentPages,
  loading: Loading,
): Mapping[] {
  const { pageSize } = loading;
  const pages = bssStart - start;
  const filePages = run(start, pages);
  if (filePages.length === 0) return [];
  const { readable, writable, executable } = segment;
  const protectedPages = relroPages(binary, segment, loading);
  const charge = dataCharge(binary, segment, filePages, protectedPages, loading);
  const written = writtenBy(charge);
  const whole: Mapping = {
    id: `${origin}:file`,
    label: segmentLabel(loading.name, segment),
    kind: writable ? 'data' : 'code',
    object: loading.name,
    start,
    pages,
    readable,
    writable,
    executable,
    ...residence(binary, segment, filePages, written, loading),
    private: written,
    used: intersect(used, [0, pages * pageSize]), // the tail of the last page is bss
    origin,
    charge,
  };
  return splitAtRelro(whole, protectedPages, pageSize);
}

function bssMappings(
  binary: Binary,
  { segment, origin, start, bssStart, end, used }: SegmentPages,
  loading: Loading,
): Mapping[] {
  const { name, pageSize } = loading;
  const pages = end - bssStart;
  if (pages <= 0) return [];
  const { readable, writable, executable } = segment;
  const { charge, known } = bssCharge(binary, segment, run(bssStart, pages), loading);
  const written = writtenBy(charge);
  const usedHere = shift(used, (start - bssStart) * pageSize);
  return [
    {
      id: `${origin}:bss`,
      label: charge.label,
      kind: 'bss',
      object: name,
      start: bssStart,
      pages,
      readable,
      writable,
      executable,
      resident: written,
      residentLeast: known,
      private: written,
      used: intersect(usedHere, run(0, pages * pageSize)),
      origin: `${origin}:bss`,
      charge,
    },
  ];
}

const writtenBy = ({ reasons }: Charge): Runs => union(...reasons.map(({ pages }) => pages));

/** Pages of a library's span that none of its segments covers; the loader maps them without access. */
export function unmappedWithin(mappings: readonly Mapping[]): Runs {
  const mapped = union(...mappings.map((m) => run(m.start, m.pages)));
  const [start = 0] = mapped;
  const end = mapped.at(-1) ?? 0;
  return subtract(run(start, end - start), mapped);
}

function segmentLabel(name: string, { writable, executable }: Segment): string {
  if (executable) return l10n.t('{0}: code', name);
  return writable ? l10n.t('{0}: data', name) : l10n.t('{0}: read-only data', name);
}
