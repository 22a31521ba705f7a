import { basename, isAbsolute } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Binary } from '../binary/binary.js';
import { type Diagnostic, diagnostic } from '../binary/diagnostic.js';
import { printable } from '../format.js';
import type { MissingObject, Program } from '../model/program.js';
import { msg } from '../msg.js';
import { atOnce, type Steps } from '../steps.js';
import { findLibraries } from './closure.js';
import { createFileCache, type FileCache, type SystemFiles, systemFiles } from './file-cache.js';
import { alignsHuge } from './file-system.js';
import type { Loader } from './loader.js';
import { LD_CACHE, loaderRules, realDirectory } from './loader-rules.js';
import { createProbe } from './probe.js';
import { type FileRead, readLibrary, readObject } from './read-object.js';
import type { SystemRoot } from './sysroot.js';

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
  /** Every file that was read, in order: its own is the first. */
  readonly reads: readonly FileRead[];
}

/**
 * Reads a program from this machine's files, with its dynamic loader and the libraries that one
 * would load. Nothing is executed, and nothing but regular files is opened. LD_LIBRARY_PATH and
 * LD_PRELOAD are not looked at. Never throws on what is in the files.
 *
 * @param sysroot absolute path of a directory that holds the files of the program's system, where
 *   they are not this machine's; one that cannot be used makes everything missing, with the reason
 * @param cache what earlier programs have read of the libraries, to which this one adds
 */
export const loadProgram = (path: string, sysroot?: string, cache?: FileCache): LoadedProgram =>
  atOnce(loadingProgram(path, sysroot, cache));

/** The same in steps: some files of a program take 20 ms each to be read. */
export function* loadingProgram(
  path: string,
  sysroot?: string,
  cache = createFileCache(),
): Steps<LoadedProgram> {
  const reads: FileRead[] = [];
  const files = systemFiles(cache, sysroot);
  const { root } = files;
  const file = root.enter(path);
  if (file === undefined) return unreadable(NOWHERE, reads);
  const opened = readObject(file, reads);
  if ('problem' in opened) return unreadable(opened.problem, reads);
  const { binary, diagnostics } = opened.value;
  if (!binary) return { program: undefined, diagnostics, reads };
  const rest = yield* findRest(file, binary, files, reads);
  return { program: { path, binary, ...rest }, diagnostics, reads };
}

/**
 * The program that a binary would be at a path of this machine, whatever is there now: an earlier
 * version of the file. Its libraries are found as by `loadProgram`.
 */
export function programAt(
  path: string,
  binary: Binary,
  sysroot?: string,
  cache = createFileCache(),
): Program {
  const files = systemFiles(cache, sysroot);
  const rest = atOnce(findRest(files.root.enter(path) ?? path, binary, files, []));
  return { path, binary, ...rest };
}

const unreadable = (message: string, reads: readonly FileRead[]): LoadedProgram => ({
  program: undefined,
  diagnostics: [diagnostic('not-readable', message)],
  reads,
});

type Rest = Omit<Program, 'path' | 'binary'>;

const ALONE: Rest = { interpreter: undefined, libraries: [], missing: [] };

/** The dynamic loader and the libraries; none of either for a program without PT_INTERP. */
function* findRest(
  path: string,
  binary: Binary,
  files: SystemFiles,
  reads: FileRead[],
): Steps<Rest> {
  const { root } = files;
  const asked = binary.interpreter;
  if (asked === undefined) {
    // Position-independent, the kernel maps it where there is room.
    return root.sysroot === undefined ? { ...ALONE, alignsHuge: alignsHuge(path) } : ALONE;
  }
  const read = (candidate: string) => {
    const file = root.follow(candidate);
    return file === undefined ? l10n.t(NOWHERE) : readLibrary(file, binary, reads, files);
  };
  const name = basename(asked);
  const place = root.locate(asked);
  const probe = createProbe(MAX_PROBES, files);
  const identities = [path, place].map(probe.fileIdentity).filter((id) => id !== undefined);
  const found = isAbsolute(asked)
    ? read(place)
    : l10n.t('It is a path relative to nobody knows where.');
  const loader = loaderRules(asked, binary, probe, files, reads);
  if (typeof found === 'string') {
    const why = l10n.t('Not looked for: that is done by {0}, which is missing.', printable(name));
    const missing = { name, reason: whyNoLoader(asked, found, root) };
    return { ...ALONE, missing: [missing, ...unsearched(binary, loader, why + advice(root))] };
  }
  const interpreter = { name, path: root.follow(place) ?? place, binary: found };
  if (!loader) {
    const why = l10n.t('Not looked for: how {0} does that is not known.', printable(name));
    return { ...ALONE, interpreter, missing: unsearched(binary, loader, why) };
  }
  const program = { path, binary, origin: () => realDirectory(path, root) };
  const surroundings = { loader, probe, root, read, identities };
  const { libraries, missing, beforeCache } = yield* findLibraries(program, surroundings);
  const cachePath = root.follow(root.locate(LD_CACHE));
  const bytes = reads.find((file) => file.path === cachePath)?.size;
  const loaderCache = bytes === undefined ? undefined : { bytes, after: beforeCache };
  return { interpreter, libraries, missing, loaderCache };
}

const whyNoLoader = (asked: string, why: string, root: SystemRoot): string =>
  `${l10n.t('The program asks for {0}.', printable(asked))} ${root.problem ?? below(root) + why}${advice(root)}`;

/** The libraries that a program names itself, without the loader. */
function unsearched(
  { interpreter = '', dynamic }: Binary,
  loader: Loader | undefined,
  reason: string,
): readonly MissingObject[] {
  const isOther = (name: string) => name !== basename(interpreter) && !loader?.provides(name);
  return [...new Set(dynamic?.needed.filter(isOther))].map((name) => ({ name, reason }));
}

const NOWHERE = msg('There is no such file, or its symbolic links lead nowhere.');

const below = ({ sysroot }: SystemRoot) =>
  sysroot === undefined
    ? ''
    : `${l10n.t('It was looked for in the sysroot {0}.', printable(sysroot))} `;

/** What to do about a missing loader: mostly, the program is for another machine. */
const advice = ({ sysroot }: SystemRoot) =>
  sysroot === undefined
    ? ` ${l10n.t('For a program of another machine, name its sysroot (pagecost.sysroot, --sysroot).')}`
    : '';
