import { basename, isAbsolute } from 'node:path';
import type { Binary } from '../binary/binary.js';
import type { Diagnostic } from '../binary/diagnostic.js';
import { printable } from '../format.js';
import type { MissingObject, Program } from '../model/program.js';
import { findLibraries } from './closure.js';
import { LD_CACHE, loaderRules, realDirectory } from './loader-rules.js';
import { createProbe } from './probe.js';
import { type FileRead, readLibrary, readObject } from './read-object.js';

/**
 * Paths looked at for all of a program's libraries. 57 libraries in the loader's cache take 59; as
 * many in a directory each, as Nix has them, would take some 4,000.
 */
const MAX_PROBES = 10_000;

/** A program as found on this machine. */
export interface LoadedProgram {
  /** Undefined where the file cannot be read or is no ELF file; the diagnostics say why. */
  readonly program: Program | undefined;
  /** Of the file itself; of a program, the same as its binary has. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, in order. */
  readonly reads: readonly FileRead[];
}

/**
 * Reads a program from this machine's files, with its dynamic loader and the libraries that one
 * would load. Nothing is executed, and nothing but regular files is opened. LD_LIBRARY_PATH and
 * LD_PRELOAD are not looked at. Never throws on what is in the files.
 */
export function loadProgram(path: string): LoadedProgram {
  const reads: FileRead[] = [];
  const opened = readObject(path, reads);
  if ('problem' in opened) {
    const diagnostics: Diagnostic[] = [
      { code: 'not-readable', offset: undefined, message: opened.problem },
    ];
    return { program: undefined, diagnostics, reads };
  }
  const { binary, diagnostics } = opened.value;
  if (!binary) return { program: undefined, diagnostics, reads };
  return { program: { path, binary, ...findRest(path, binary, reads) }, diagnostics, reads };
}

type Rest = Pick<Program, 'interpreter' | 'libraries' | 'missing' | 'loaderCacheBytes'>;

/** The dynamic loader and the libraries; none of either for a program without PT_INTERP. */
function findRest(path: string, binary: Binary, reads: FileRead[]): Rest {
  const alone: Rest = { interpreter: undefined, libraries: [], missing: [] };
  const asked = binary.interpreter;
  if (asked === undefined) return alone;
  const read = (candidate: string) => readLibrary(candidate, binary, reads);
  const name = basename(asked);
  const loader = isAbsolute(asked) ? read(asked) : 'It is a path relative to nobody knows where.';
  const probe = createProbe(MAX_PROBES);
  const rules = loaderRules(asked, binary, probe, reads);
  const unsearched = (why: string): readonly MissingObject[] => {
    const needed = new Set(binary.dynamic?.needed.filter((library) => !rules?.provides(library)));
    return [...needed].map((library) => ({ name: library, reason: why }));
  };
  if (typeof loader === 'string') {
    const missing = { name, reason: `The program asks for ${printable(asked)}. ${loader}` };
    const why = `Not looked for: that is done by ${printable(name)}, which is missing.`;
    return { ...alone, missing: [missing, ...unsearched(why)] };
  }
  const interpreter = { name, path: asked, binary: { ...loader, sections: [] } };
  if (!rules) {
    const why = `Not looked for: how ${printable(name)} does that is not known.`;
    return { ...alone, interpreter, missing: unsearched(why) };
  }
  const program = { path, binary, origin: realDirectory(path) };
  const identities = [path, asked].map(probe.fileIdentity).filter((id) => id !== undefined);
  const found = findLibraries(program, { loader: rules, probe, read, identities });
  const loaderCacheBytes = reads.find((file) => file.path === LD_CACHE)?.size;
  return { interpreter, ...found, loaderCacheBytes };
}
