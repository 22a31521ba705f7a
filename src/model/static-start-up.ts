import { type Binary, PT, type Section, type Segment } from '../binary/binary.js';
import type { StartUpVariable } from '../binary/known-symbols.js';
import type { CLibrary, StaticVariables } from '../system/c-library.js';
import { loadSegments } from './load-segments.js';
import type { Loading } from './loading.js';
import { pageAfter, pageOf } from './page-numbers.js';
import { relroPages } from './relro.js';
import { coarsen, intersect, NO_RUNS, type Runs, run, union } from './runs.js';

/** What is known of it, in pages, and in bytes where symbols or sections tell the places. */
export type StaticStartUp = Pick<
  CLibrary,
  'staticFilePages' | 'staticRelroPages' | 'staticStartUp' | 'staticVariables'
>;

/** Written where the start files register the program's frames, which those of position-independent programs do not. */
const REGISTERED: readonly StartUpVariable[] = ['object.0', 'any_objects_registered'];

/**
 * Pages with variables that start-up writes, bss included, as symbols tell them; undefined where
 * one is missing, as in another version of the C library.
 */
export function variablePages(
  { type, startUpVariables: places }: Binary,
  variables: StaticVariables | undefined,
  pageSize: number,
): Runs | undefined {
  if (!places || !variables) return undefined;
  const written: Runs[] = [];
  for (const [name, [from, to]] of Object.entries(variables)) {
    const isRegistered = REGISTERED.includes(name as StartUpVariable);
    const place = places[name as StartUpVariable];
    if (place === undefined && !isRegistered) return undefined;
    if (place === undefined || (isRegistered && type !== 'executable')) continue;
    written.push(run(Number(place) + from, to - from));
  }
  return coarsen(union(...written), pageSize);
}

/**
 * Those of a writable segment's file pages that the start-up of the C library in a static program
 * writes: the program's own data lies between its parts.
 */
export function startUpPages(
  binary: Binary,
  segment: Segment,
  filePages: Runs,
  { staticFilePages, staticRelroPages, staticStartUp, staticVariables }: StaticStartUp,
  loading: Pick<Loading, 'relocated' | 'protectsRelro' | 'pageSize'>,
): Runs {
  const { pageSize } = loading;
  const variables = variablePages(binary, staticVariables, pageSize);
  if (variables) return intersect(union(variables, slotPages(binary, pageSize)), filePages);
  if (loading.relocated) return NO_RUNS; // which writes to nearly all of the same pages
  if (staticStartUp) {
    const found = startUpRuns(binary, staticStartUp, pageSize);
    if (found) return intersect(found, filePages);
  }
  const end = filePages.at(-1) as number;
  const isLast = segment === loadSegments(binary).findLast((s) => s.writable && s.fileSize > 0n);
  const atEnd = isLast ? run(end - staticFilePages, staticFilePages) : NO_RUNS;
  if (staticRelroPages === 0) return intersect(atEnd, filePages);
  const relro = relroPages(binary, segment, loading)?.at(-1);
  // Without RELRO the same data lies close together, a page of it with the rest.
  const others =
    relro === undefined
      ? run(end - staticFilePages - 1, isLast ? 1 : 0)
      : run(relro - staticRelroPages, staticRelroPages + 1);
  return intersect(union(others, atEnd), filePages);
}

/** The same by sections, where there are any: the library's are the last in each. */
function startUpRuns(
  binary: Binary,
  { data, relro }: { readonly data: number; readonly relro: number },
  pageSize: number,
): Runs | undefined {
  const own = writableSection(binary, '.data');
  if (!own) return undefined;
  return union(
    lastOf(own, data, pageSize),
    lastOf(writableSection(binary, '.data.rel.ro'), relro, pageSize),
    slotPages(binary, pageSize),
  );
}

/**
 * IRELATIVE slots are in .got.plt, or in .got with mold, which has no more there than the words
 * that nobody writes in a static program.
 */
function slotPages(binary: Binary, pageSize: number): Runs {
  const plt = writableSection(binary, '.got.plt');
  const reserved = BigInt((3 * binary.class) / 8);
  const slots = plt && plt.size > reserved ? plt : writableSection(binary, '.got');
  return lastOf(slots, Number(slots?.size ?? 0n), pageSize);
}

function lastOf(found: Section | undefined, bytes: number, pageSize: number): Runs {
  if (!found) return NO_RUNS;
  const size = found.size < BigInt(bytes) ? found.size : BigInt(bytes);
  const end = found.address + found.size;
  const first = pageOf(end - size, pageSize);
  return run(first, pageAfter(end, pageSize) - first);
}

const writableSection = ({ sections, segments }: Binary, name: string): Section | undefined =>
  sections.find((s) => s.name === name && segments.some((of) => isWithin(s, of)));

const isWithin = ({ address, size }: Section, segment: Segment): boolean =>
  segment.type === PT.LOAD &&
  segment.writable &&
  size > 0n &&
  address >= segment.address &&
  address + size <= segment.address + segment.fileSize;
