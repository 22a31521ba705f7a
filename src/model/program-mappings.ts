import type { Binary } from '../binary/binary.js';
import type { CLibrary } from '../system/c-library.js';
import type { Bss } from './loading.js';
import type { Mapping } from './mapping.js';
import { objectMappings } from './object-mappings.js';
import { fileName, type Program } from './program.js';
import { coarsen, intersect, type Runs, run, union } from './runs.js';
import type { Workload } from './workload.js';

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
    readsHeaders: cLibrary.id !== 'none',
    writesDynamic: cLibrary.writesDynamic !== 'none',
    protectsRelro: cLibrary.protectsRelro,
    donatesEnds: cLibrary.donatesEnds,
    startUp: cLibrary,
    bssPages: (bss) => programBss(bss, bssTouched, writtenAtEnd(binary, cLibrary), pageSize),
    bssRule: 'bss',
    bssEndUsed,
  });

/** Bytes that the C library of a static program has at the end of its bss, and what it writes of them, counted from the end. */
function writtenAtEnd({ type }: Binary, { staticBss }: CLibrary) {
  if (!staticBss) return { bytes: 0, written: [] };
  const { bytes, written, registered } = staticBss;
  const isFixed = type === 'executable';
  return { bytes, written: isFixed && registered ? [...written, registered] : written };
}

/** The share of the program's own, or the guess, and behind it what the C library is known to write. */
function programBss(
  { pages, bytes }: Bss,
  share: number | undefined,
  atEnd: ReturnType<typeof writtenAtEnd>,
  pageSize: number,
): Runs {
  const before = Math.floor((bytes - atEnd.bytes) / pageSize);
  const own = atEnd.bytes === 0 ? pages : Math.max(0, before);
  const used = share === undefined ? Math.min(own, USUAL_BSS) : Math.ceil(own * share);
  const written = atEnd.written.map(([from, to]) => run(bytes - from, from - to));
  return intersect([0, pages], union(run(0, used), coarsen(union(...written), pageSize)));
}
