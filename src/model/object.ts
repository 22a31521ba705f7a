import * as l10n from '@vscode/l10n';
import { type Binary, PT, type Section, type Segment } from '../binary/binary.js';
import { PAGE_SET_BYTES } from '../binary/page-set.js';
import type { CLibrary } from '../system/c-library.js';
import type { Charge, Mapping } from './mapping.js';
import { fileName, type Program } from './program.js';
import type { Reason, Why } from './reasons.js';
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
import type { Workload } from './workload.js';

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
  /** File pages its own start-up code is known to write, when it is not relocated: the last of data, and of RELRO. */
  readonly filePagesWritten: number;
  readonly relroPagesWritten: number;
  /** What of it that is in bytes, where sections tell the places. */
  readonly startUpBytes?: CLibrary['staticStartUp'];
  /** Whether someone writes to .dynamic: what glibc reckons with its addresses, and where debuggers look. */
  readonly writesDynamic: boolean;
  /** Pages of bss in use, of so many. */
  readonly bssPages: (available: number) => BssPages;
  /** Rule for the bss figure; `bss` is a guess, the others are measured. */
  readonly bssRule: RuleId;
  /** Whether the last page of the last bss is in use besides. */
  readonly bssEndUsed?: boolean | undefined;
}

/** Pages of a bss in use: so many at its begin, and at its end, where the C library of a static program has its own. */
export interface BssPages {
  readonly first: number;
  readonly last: number;
}

/** Bytes up to which a touched segment is taken to be mapped whole: the kernel's fault-around. */
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
    const limit = next ? firstPage(next, loading.pageSize) : Number.POSITIVE_INFINITY;
    return segmentMappings(binary, segment, index, limit, loading);
  });
}

/** Pages of a program's bss taken to be in use where nothing is known: a guess that fits small programs. */
const USUAL_BSS = 2;

/** The regions of the program itself. */
export const programMappings = (
  { path, binary }: Program,
  cLibrary: CLibrary,
  { bssTouched, bssEndUsed }: Workload,
  pageSize: number,
): Mapping[] =>
  objectMappings(binary, {
    name: fileName(path),
    role: 'program',
    pageSize,
    relocated: binary.dynamic !== undefined,
    writesDynamic: cLibrary.writesDynamic,
    protectsRelro: cLibrary.protectsRelro,
    filePagesWritten: cLibrary.staticFilePages,
    relroPagesWritten: cLibrary.staticRelroPages,
    startUpBytes: cLibrary.staticStartUp,
    bssPages: (available) =>
      bssTouched === undefined
        ? usualBss(available, cLibrary, pageSize)
        : { first: Math.ceil(available * bssTouched), last: 0 },
    bssRule: 'bss',
    bssEndUsed,
  });

/** The guess for the program's own, and what the C library in it is known to use, whose bss is linked behind it. */
function usualBss(available: number, { staticBss }: CLibrary, pageSize: number): BssPages {
  if (!staticBss) return { first: Math.min(available, USUAL_BSS), last: 0 };
  const own = available - Math.ceil(staticBss.bytes / pageSize);
  return own > 0
    ? { first: Math.min(own, USUAL_BSS), last: staticBss.behind }
    : { first: Math.min(available, staticBss.alone), last: 0 };
}

/** The PT_LOAD segments that occupy memory, by address. */
export const loadSegments = (binary: Binary): Segment[] =>
  binary.segments
    .filter((s) => s.type === PT.LOAD && s.memorySize > 0n)
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));

/** Pages of the largest p_align that is a power of two (fs/binfmt_elf.c, maximum_alignment; glibc alike). */
export function largestAlign(binary: Binary, pageSize: number): number {
  const aligns = loadSegments(binary)
    .map((s) => s.align)
    .filter((align) => align > 0n && (align & (align - 1n)) === 0n)
    .map((align) => Number(align / BigInt(pageSize)));
  return Math.max(1, ...aligns);
}

/** The segment that an object's last variables are in. */
export const lastWritable = (binary: Binary): Segment | undefined =>
  loadSegments(binary).findLast((s) => s.writable);

/** Bytes left on the last page after the object's bss: what an allocator could use. */
export function slackAfterBss(binary: Binary, pageSize: number): number {
  const last = lastWritable(binary);
  if (!last) return 0;
  const over = Number((last.address + last.memorySize) % BigInt(pageSize));
  return over === 0 ? 0 : pageSize - over;
}

function segmentMappings(
  binary: Binary,
  segment: Segment,
  index: number,
  limit: number,
  loading: Loading,
): Mapping[] {
  const { pageSize } = loading;
  const start = firstPage(segment, pageSize);
  const fileEnd = Math.min(pageAfter(segment.address + segment.fileSize, pageSize), limit);
  const end = Math.min(pageAfter(segment.address + segment.memorySize, pageSize), limit);
  const filePages = segment.fileSize > 0n ? run(start, fileEnd - start) : NO_RUNS;
  const bssStart = segment.fileSize > 0n ? fileEnd : start;
  // Where the segment's first byte lies in its first page, and how far its bytes go.
  const from = Number(segment.address % BigInt(pageSize));
  const origin = `${loading.role}:${loading.name}:${index}`;
  const { readable, writable, executable } = segment;
  const mappings: Mapping[] = [];

  if (count(filePages) > 0) {
    const charge = dataCharge(binary, segment, filePages, loading);
    const written = union(...charge.reasons.map(({ pages }) => pages));
    const used = run(from, Number(segment.memorySize)); // the tail of the last page is bss
    const whole: Mapping = {
      id: `${origin}:file`,
      label: segmentLabel(loading.name, segment),
      kind: writable ? 'data' : 'code',
      object: loading.name,
      start,
      pages: fileEnd - start,
      readable,
      writable,
      executable,
      resident: filePages,
      residentLeast: leastResident(segment, filePages, written, pageSize),
      private: written,
      used: intersect(used, [0, (fileEnd - start) * pageSize]),
      origin,
      charge,
    };
    mappings.push(...splitAt(whole, relroEnd(binary, segment, loading), pageSize));
  }
  if (end > bssStart) {
    const endUsed = loading.bssEndUsed && segment === lastWritable(binary);
    const touched = bssTouched(segment, bssStart, end, endUsed ? 1 : 0, loading);
    const copied = relocationTargets(binary, run(bssStart, end - bssStart), loading);
    mappings.push(bssMapping(segment, bssStart, end, from, touched, copied, origin, loading));
  }
  return mappings;
}

/**
 * What is sure to be touched: code and what lies with the headers, of more than 2 MiB only the ends; of data what
 * is written. Constants that nobody reads are not even mapped, nor is the table they would need.
 */
function leastResident(segment: Segment, pages: Runs, written: Runs, pageSize: number): Runs {
  const [start = 0, end = 0] = pages;
  const { writable, executable, offset } = segment;
  const isRead = !writable && (executable || offset < BigInt(pageSize));
  if (!isRead) return written;
  if ((end - start) * pageSize <= WHOLE_SEGMENT) return pages;
  return union([start, start + 1], [end - 1, end], written);
}

/**
 * The rules `relocation`, `tail` and `static-libc`: pages with relocation targets, the page of the
 * first .dynamic entry, the page whose tail the kernel zeroes; of a program that is not relocated,
 * that tail and what its C library's start-up writes.
 */
function dataCharge(binary: Binary, segment: Segment, filePages: Runs, loading: Loading): Charge {
  const { pageSize } = loading;
  const fileEnd = segment.address + segment.fileSize;
  const hasTail =
    segment.writable && segment.memorySize > segment.fileSize && fileEnd % BigInt(pageSize) !== 0n;
  const tail = hasTail ? intersect(run(page(fileEnd, pageSize), 1), filePages) : NO_RUNS;
  const startUp =
    loading.relocated || !segment.writable
      ? NO_RUNS
      : startUpPages(binary, segment, filePages, loading);
  const targets = relocationTargets(binary, filePages, loading);
  const dynamic =
    loading.writesDynamic && binary.dynamic && segment.writable
      ? intersect(run(page(binary.dynamic.address, pageSize), 1), filePages)
      : NO_RUNS;
  const beyondTail = count(subtract(startUp, tail)) > 0;
  const rule = loading.relocated ? 'relocation' : beyondTail ? 'static-libc' : 'tail';
  return {
    id: `${loading.role}:${loading.name}:data`,
    label: l10n.t('{0}: data', loading.name),
    rule,
    quality: rule === 'static-libc' ? 'floor' : 'exact',
    object: loading.name,
    reasons: [
      because('relocation', targets),
      because('dynamic', dynamic),
      because('start-up', beyondTail ? startUp : NO_RUNS),
      because('tail', tail),
    ].filter(({ pages }) => pages.length > 0),
    detail: undefined,
  };
}

/** Those of some pages that relocation writes to: of a bss, what COPY relocations fetch from libraries. */
const relocationTargets = (binary: Binary, pages: Runs, { relocated, pageSize }: Loading): Runs =>
  relocated ? intersect(coarsen(binary.relocated, pageSize / PAGE_SET_BYTES), pages) : NO_RUNS;

/** What a static C library's start-up writes: the program's own data lies between its parts. */
function startUpPages(binary: Binary, segment: Segment, filePages: Runs, loading: Loading): Runs {
  const { filePagesWritten, relroPagesWritten, startUpBytes, pageSize } = loading;
  if (startUpBytes) {
    const found = startUpRuns(binary, startUpBytes, pageSize);
    if (found) return intersect(found, filePages);
  }
  const end = filePages.at(-1) as number;
  const isLast = segment === loadSegments(binary).findLast((s) => s.writable && s.fileSize > 0n);
  const atEnd = isLast ? run(end - filePagesWritten, filePagesWritten) : NO_RUNS;
  const relro = relroEnd(binary, segment, loading);
  if (relroPagesWritten === 0) return intersect(atEnd, filePages);
  // Without RELRO the same data lies close together, a page of it with the rest.
  const others =
    relro === undefined
      ? run(end - filePagesWritten - 1, isLast ? 1 : 0)
      : run(relro - relroPagesWritten, relroPagesWritten + 1);
  return intersect(union(others, atEnd), filePages);
}

/** The same by sections, where there are any: the library's are the last in each, and .got.plt has slots of its own. */
function startUpRuns(
  { sections, segments }: Binary,
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
    const first = page(end - size, pageSize);
    return run(first, pageAfter(end, pageSize) - first);
  };
  const slots = section('.got.plt');
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

const because = (why: Why, pages: Runs): Reason => ({ why, pages, of: undefined });

/** Pages of a bss in use. */
function bssTouched(
  { writable }: Segment,
  start: number,
  end: number,
  atEnd: number,
  { bssPages }: Loading,
): Runs {
  if (!writable) return NO_RUNS;
  const pages = end - start;
  const { first, last } = bssPages(pages);
  const behind = Math.min(pages, Math.max(last, atEnd));
  return union(run(start, Math.min(pages, first)), run(end - behind, behind));
}

function bssMapping(
  segment: Segment,
  start: number,
  end: number,
  from: number,
  touched: Runs,
  copied: Runs,
  origin: string,
  loading: Loading,
): Mapping {
  const pages = end - start;
  const written = union(touched, copied);
  const first = firstPage(segment, loading.pageSize);
  const bytes = Number(segment.memorySize) + from - (start - first) * loading.pageSize;
  const charge: Charge = {
    id: `${loading.role}:${loading.name}:bss`,
    label: `${loading.name}: bss`,
    rule: loading.bssRule,
    quality: loading.bssRule === 'bss' ? 'guess' : 'floor',
    object: loading.name,
    reasons: [
      ...(copied.length > 0 ? [because('relocation', copied)] : []),
      { why: 'bss', pages: touched, of: pages },
    ],
    detail: undefined,
  };
  const { readable, writable, executable } = segment;
  return {
    id: `${origin}:bss`,
    label: `${loading.name}: bss`,
    kind: 'bss',
    object: loading.name,
    start,
    pages,
    readable,
    writable,
    executable,
    resident: written,
    residentLeast: written,
    private: written,
    used: intersect(run(0, bytes), run(0, pages * loading.pageSize)),
    origin: `${origin}:bss`,
    charge,
  };
}

/** Page at which the protected part of a writable segment ends; undefined where nothing is split. */
function relroEnd(binary: Binary, segment: Segment, loading: Loading): number | undefined {
  if (!loading.protectsRelro || !segment.writable) return undefined;
  const relro = binary.segments.find((s) => s.type === PT.GNU_RELRO);
  if (!relro) return undefined;
  const end = relro.address + relro.memorySize;
  const inside =
    relro.address >= segment.address && relro.address < segment.address + segment.fileSize;
  return inside ? page(end, loading.pageSize) : undefined; // the loader rounds its end down
}

/** A region in two, the first part no longer writable; whole where `at` is not inside it. */
function splitAt(mapping: Mapping, at: number | undefined, pageSize: number): Mapping[] {
  if (at === undefined || at <= mapping.start) return [mapping];
  const cut = Math.min(at, mapping.start + mapping.pages);
  const part = (start: number, end: number): Mapping => {
    const pages = run(start, end - start);
    const bytes = run((start - mapping.start) * pageSize, (end - start) * pageSize);
    return {
      ...mapping,
      start,
      pages: end - start,
      resident: intersect(mapping.resident, pages),
      residentLeast: intersect(mapping.residentLeast, pages),
      private: intersect(mapping.private, pages),
      used: shift(intersect(mapping.used, bytes), -(start - mapping.start) * pageSize),
    };
  };
  const end = mapping.start + mapping.pages;
  const relro: Mapping = {
    ...part(mapping.start, cut),
    id: `${mapping.id}:relro`,
    label: l10n.t('{0}: read-only after relocation', String(mapping.object)),
    writable: false,
  };
  return cut < end ? [relro, part(cut, end)] : [relro];
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

const page = (address: bigint, pageSize: number): number => Number(address / BigInt(pageSize));
const firstPage = (segment: Segment, pageSize: number): number => page(segment.address, pageSize);
const pageAfter = (end: bigint, pageSize: number): number =>
  Number((end + BigInt(pageSize) - 1n) / BigInt(pageSize));
