import * as l10n from '@vscode/l10n';
import type { Binary, Segment } from '../binary/binary.js';
import { PAGE_SET_BYTES } from '../binary/page-set.js';
import { lastWritable, loadSegments } from './load-segments.js';
import type { Charge, Mapping } from './mapping.js';
import { pageAfter, pageOf } from './page-numbers.js';
import type { Reason, Why } from './reasons.js';
import { relroEnd, splitAtRelro } from './relro.js';
import type { RuleId } from './rules.js';
import {
  coarsen,
  count,
  intersect,
  NO_RUNS,
  type Runs,
  run,
  shift,
  subtract,
  union,
} from './runs.js';
import { type StaticStartUp, startUpPages } from './static-start-up.js';
import { unusedEnds } from './unused-ends.js';
import { usedBytes } from './used-bytes.js';

/** What the loading of one object depends on besides its headers. */
export interface Loading {
  /** File name, for people and row ids. */
  readonly name: string;
  readonly role: 'program' | 'interpreter' | 'library';
  readonly pageSize: number;
  /** Whether someone applies its relocations before main(): itself, or the dynamic loader. */
  readonly relocated: boolean;
  /** Whether the RELRO part is write-protected after that, which splits its region. */
  readonly protectsRelro: boolean;
  /** Whether the loader clears what is left of writable segments' first and last pages, and gives it to malloc. */
  readonly donatesEnds: boolean;
  /** What its own start-up code is known to write, when it is not relocated. */
  readonly startUp?: StaticStartUp;
  /** Whether someone reads its headers: the loader, or the start-up code of its C library. */
  readonly readsHeaders: boolean;
  /** Whether someone writes to .dynamic: what glibc reckons with its addresses, and where debuggers look. */
  readonly writesDynamic: boolean;
  /** Pages of a bss in use, counted from its first. */
  readonly bssPages: (bss: Bss) => Runs;
  /** Rule for the bss figure; `bss` is a guess, the others are measured. */
  readonly bssRule: RuleId;
  /** Whether the last page of the last bss is in use besides. */
  readonly bssEndUsed?: boolean | undefined;
}

/** The pages of a segment that are not the file's, and the bytes in them. */
export interface Bss {
  readonly pages: number;
  readonly bytes: number;
}

/**
 * Bytes up to which a touched segment is taken to be mapped whole, by the kernel's fault-around: measured on Linux
 * 6.18, see docs/model.md.
 */
const WHOLE_SEGMENT = 2 ** 21;

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
  const protectedTo = relroEnd(binary, segment, loading);
  const charge = dataCharge(binary, segment, filePages, protectedTo, loading);
  const written = union(...charge.reasons.map((reason) => reason.pages));
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
  return splitAtRelro(whole, protectedTo, pageSize);
}

/**
 * What is sure to be touched: the begin of code, where start files' functions are, and what lies with the headers, of more
 * than 2 MiB its begin; of data what is written. Constants that nobody reads are not even mapped, nor is the table they would need.
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

/**
 * Which pages of a segment's file part are in RAM. It is taken to be touched all over, as the kernel maps neighbouring
 * pages along with the one asked for. But of more than it maps at a touch, in a library of which nothing runs before
 * main(), only the page of code is where the start files' functions are; and where there is no other code, the
 * constants are for others, and nobody need read them: of libicudata's 7,630 pages ten programs had none.
 */
function residence(
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
  if (writable || !isLarge || role !== 'library' || binary.dynamic?.hasInitialisers) {
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
 * The rules `relocation`, `tail` and `static-libc`: pages with relocation targets, the page of the
 * first .dynamic entry, the page whose tail the kernel zeroes; of a program that is not relocated,
 * that tail and what its C library's start-up writes.
 */
function dataCharge(
  binary: Binary,
  segment: Segment,
  filePages: Runs,
  protectedTo: number | undefined,
  loading: Loading,
): Charge {
  const { pageSize } = loading;
  const fileEnd = segment.address + segment.fileSize;
  const hasTail =
    segment.writable && segment.memorySize > segment.fileSize && fileEnd % BigInt(pageSize) !== 0n;
  const tail = hasTail ? intersect(run(pageOf(fileEnd, pageSize), 1), filePages) : NO_RUNS;
  const startUp =
    loading.startUp && !loading.relocated && segment.writable
      ? startUpPages(binary, segment, filePages, loading.startUp, loading)
      : NO_RUNS;
  const targets = relocationTargets(binary, filePages, loading);
  const dynamic =
    loading.writesDynamic && binary.dynamic && segment.writable
      ? intersect(run(pageOf(binary.dynamic.address, pageSize), 1), filePages)
      : NO_RUNS;
  const donated = intersect(donatedPages(binary, segment, loading), filePages);
  const beyondTail = count(subtract(startUp, tail)) > 0;
  const rule = loading.relocated ? 'relocation' : beyondTail ? 'static-libc' : 'tail';
  // What stays writable and is not written yet, the program may write to as soon as it runs.
  const open = segment.writable ? subtract(filePages, [0, protectedTo ?? 0]) : NO_RUNS;
  const untouched = subtract(open, union(targets, dynamic, startUp, donated, tail));
  return {
    id: `${loading.role}:${loading.name}:data`,
    label: l10n.t('{0}: data', loading.name),
    rule,
    quality: rule === 'static-libc' || count(untouched) > 0 ? 'floor' : 'exact',
    object: loading.name,
    reasons: [
      because('relocation', targets),
      because('dynamic', dynamic),
      because('start-up', beyondTail ? startUp : donated),
      because('tail', tail),
    ].filter(({ pages }) => pages.length > 0),
    detail: undefined,
  };
}

/** Those of some pages that relocation writes to: of a bss, what COPY relocations fetch from libraries. */
const relocationTargets = (binary: Binary, pages: Runs, { relocated, pageSize }: Loading): Runs =>
  relocated ? intersect(coarsen(binary.relocated, pageSize / PAGE_SET_BYTES), pages) : NO_RUNS;

/** Pages of a segment of which the loader gives a part to malloc, and clears it. */
function donatedPages(
  binary: Binary,
  { address, memorySize }: Segment,
  { donatesEnds, pageSize }: Loading,
): Runs {
  if (!donatesEnds) return NO_RUNS;
  const start = pageOf(address, pageSize);
  const own = run(start, pageAfter(address + memorySize, pageSize) - start);
  const given = unusedEnds(binary, pageSize).map(([from, to]) => run(from, to - from));
  return intersect(coarsen(union(...given), pageSize), own);
}

const because = (why: Why, pages: Runs): Reason => ({ why, pages, of: undefined });

function bssMappings(
  binary: Binary,
  { segment, origin, start, bssStart, end, used }: SegmentPages,
  loading: Loading,
): Mapping[] {
  const { name, role, pageSize, bssRule } = loading;
  const { readable, writable, executable } = segment;
  const pages = end - bssStart;
  if (pages <= 0) return [];
  const endUsed = loading.bssEndUsed && segment === lastWritable(binary);
  const bytes = Number(segment.address + segment.memorySize) - bssStart * pageSize;
  const inUse = writable ? loading.bssPages({ pages, bytes }) : NO_RUNS;
  const bssPages = run(bssStart, pages);
  const touched = union(
    shift(union(inUse, endUsed ? run(pages - 1, 1) : NO_RUNS), bssStart),
    intersect(donatedPages(binary, segment, loading), bssPages),
  );
  const copied = relocationTargets(binary, bssPages, loading);
  const written = union(touched, copied);
  const usedHere = shift(used, (start - bssStart) * pageSize);
  return [
    {
      id: `${origin}:bss`,
      label: `${name}: bss`,
      kind: 'bss',
      object: name,
      start: bssStart,
      pages,
      readable,
      writable,
      executable,
      resident: written,
      residentLeast: written,
      private: written,
      used: intersect(usedHere, run(0, pages * pageSize)),
      origin: `${origin}:bss`,
      charge: {
        id: `${role}:${name}:bss`,
        label: `${name}: bss`,
        rule: bssRule,
        quality: bssRule === 'bss' ? 'guess' : 'floor',
        object: name,
        reasons: [
          ...(copied.length > 0 ? [because('relocation', copied)] : []),
          { why: 'bss', pages: touched, of: pages },
        ],
        detail: undefined,
      },
    },
  ];
}

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
