import type { Binary } from '../binary/binary.js';
import type { CLibrary } from '../system/c-library.js';
import type { Bss, BssUse } from './loading.js';
import type { Mapping } from './mapping.js';
import { objectMappings } from './object-mappings.js';
import { fileName, type Program } from './program.js';
import { coarsen, intersect, NO_RUNS, type Runs, run, shift, union } from './runs.js';
import { variablePages } from './static-start-up.js';
import type { Workload } from './workload.js';

/**
 * Pages of a program's bss taken to be in use where nothing is known: a guess. Held where main() begins, 106 of 110
 * programs of one machine had none, but of these at rest 31 of 32 had one or more.
 */
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
    relocated: isRelocated(binary),
    readsHeaders: cLibrary.id !== 'none',
    writesDynamic: isRelocated(binary) && cLibrary.writesDynamic !== 'none',
    protectsRelro: cLibrary.protectsRelro,
    donatesEnds: cLibrary.donatesEnds,
    startUp: cLibrary,
    bssPages: (bss) =>
      programBss(bss, bssTouched, writtenOf(binary, cLibrary, bss, pageSize), pageSize),
    bssRule: 'bss',
    bssEndUsed,
  });

/**
 * A static program at fixed addresses may have .dynamic, too, as lld makes it with
 * --export-dynamic, and nobody to read it.
 */
const isRelocated = ({ dynamic, interpreter, type }: Binary): boolean =>
  dynamic !== undefined && (interpreter !== undefined || type === 'shared');

/**
 * Bytes that the C library of a static program has at the end of its bss, and pages that it writes,
 * counted from the bss's first; surely where symbols tell of them.
 */
function writtenOf(
  binary: Binary,
  { staticBss, staticVariables }: CLibrary,
  { start, bytes }: Bss,
  pageSize: number,
): { readonly bytes: number; readonly pages: Runs; readonly isSure: boolean } {
  if (!staticBss) return { bytes: 0, pages: NO_RUNS, isSure: true };
  const variables = variablePages(binary, staticVariables, pageSize);
  if (variables) {
    return { bytes: staticBss.bytes, pages: shift(variables, -start), isSure: true };
  }
  const { written, registered } = staticBss;
  const isFixed = binary.type === 'executable';
  const places = (isFixed && registered ? [...written, registered] : written).map(([from, to]) =>
    run(bytes - from, from - to),
  );
  return { bytes: staticBss.bytes, pages: coarsen(union(...places), pageSize), isSure: false };
}

/** The share of the program's own, or the guess, and behind it what the C library is known to write. */
function programBss(
  { pages, bytes }: Bss,
  share: number | undefined,
  written: ReturnType<typeof writtenOf>,
  pageSize: number,
): BssUse {
  const before = Math.floor((bytes - written.bytes) / pageSize);
  const own = written.bytes === 0 ? pages : Math.max(0, before);
  const used = share === undefined ? Math.min(own, USUAL_BSS) : Math.ceil(own * share);
  const byPlace = intersect([0, pages], written.pages);
  return written.isSure
    ? { known: byPlace, taken: run(0, used) }
    : { known: NO_RUNS, taken: union(run(0, used), byPlace) };
}
