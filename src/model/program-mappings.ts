import type { CLibrary } from '../system/c-library.js';
import type { Mapping } from './mapping.js';
import { type BssPages, objectMappings } from './object-mappings.js';
import { fileName, type Program } from './program.js';
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
    writesDynamic: cLibrary.writesDynamic,
    protectsRelro: cLibrary.protectsRelro,
    startUp: cLibrary,
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
