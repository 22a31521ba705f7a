import * as l10n from '@vscode/l10n';
import type { Binary, Segment } from '../binary/binary.js';
import { PAGE_SET_BYTES } from '../binary/page-set.js';
import { lastWritable } from './load-segments.js';
import type { BssUse, Loading } from './loading.js';
import type { Charge } from './mapping.js';
import { pageAfter, pageOf } from './page-numbers.js';
import type { Reason, Why } from './reasons.js';
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
import { startUpPages } from './static-start-up.js';
import { unusedEnds } from './unused-ends.js';

/**
 * The rules `relocation`, `tail` and `static-libc`: pages with relocation targets, the page of the
 * first .dynamic entry, the page whose tail the kernel zeroes; of a program that is not relocated,
 * that tail and what its C library's start-up writes.
 *
 * @param filePages of the segment, numbered as linked; one run
 * @param protectedPages those that are write-protected after relocation; undefined where none are
 */
export function dataCharge(
  binary: Binary,
  segment: Segment,
  filePages: Runs,
  protectedPages: Runs | undefined,
  loading: Loading,
): Charge {
  const { pageSize } = loading;
  const fileEnd = segment.address + segment.fileSize;
  const hasTail =
    segment.writable && segment.memorySize > segment.fileSize && fileEnd % BigInt(pageSize) !== 0n;
  const tail = hasTail ? intersect(run(pageOf(fileEnd, pageSize), 1), filePages) : NO_RUNS;
  const startUp =
    loading.startUp && segment.writable
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
  const open = segment.writable ? subtract(filePages, protectedPages ?? NO_RUNS) : NO_RUNS;
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

/**
 * The rules `bss` and `library-bss`: pages of zero-filled memory that are in use, and those that COPY relocations fill;
 * and those of them that are sure to be.
 *
 * @param bssPages of the segment, numbered as linked; one run
 */
export function bssCharge(
  binary: Binary,
  segment: Segment,
  bssPages: Runs,
  loading: Loading,
): { readonly charge: Charge; readonly known: Runs } {
  const { name, role, pageSize, bssRule } = loading;
  const [start = 0] = bssPages;
  const pages = count(bssPages);
  const bytes = Number(segment.address + segment.memorySize) - start * pageSize;
  const inUse = segment.writable ? loading.bssPages({ start, pages, bytes }) : NO_BSS;
  const endUsed = loading.bssEndUsed && segment === lastWritable(binary);
  const known = union(
    shift(union(inUse.known, endUsed ? run(pages - 1, 1) : NO_RUNS), start),
    intersect(donatedPages(binary, segment, loading), bssPages),
  );
  const taken = shift(inUse.taken, start);
  const copied = relocationTargets(binary, bssPages, loading);
  const charge: Charge = {
    id: `${role}:${name}:bss`,
    label: `${name}: bss`,
    rule: bssRule,
    quality: count(taken) > 0 ? 'guess' : 'floor',
    object: name,
    reasons: [
      ...(copied.length > 0 ? [because('relocation', copied)] : []),
      { why: 'bss', pages: union(known, taken), of: pages },
    ],
    detail: undefined,
  };
  return { charge, known: union(known, copied) };
}

const NO_BSS: BssUse = { known: NO_RUNS, taken: NO_RUNS };

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
