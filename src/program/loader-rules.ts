import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Binary } from '../binary/binary.js';
import { detectOperatingSystem } from '../system/detect.js';
import { glibcLoader } from './glibc.js';
import { readLdCache } from './ld-cache.js';
import type { Loader } from './loader.js';
import { muslLoader, muslPathFile } from './musl.js';
import type { Probe } from './probe.js';
import { type FileRead, readStart } from './read-object.js';
import type { SystemRoot } from './sysroot.js';

/** Where glibc’s loader looks first, mapping it whole while it looks. */
export const LD_CACHE = '/etc/ld.so.cache';
/** Bytes read of the loader's own files; a cache has some 150 for each library. */
const MAX_FILE = 16 << 20;

/** The rules of the dynamic loader at `interpreter`; undefined for one of another system. */
export function loaderRules(
  interpreter: string,
  program: Binary,
  probe: Probe,
  root: SystemRoot,
  reads: FileRead[],
): Loader | undefined {
  if (detectOperatingSystem(program).os !== 'linux') return undefined;
  if (basename(interpreter).startsWith('ld-musl-')) {
    const bytes = readSystemFile(muslPathFile(interpreter));
    return muslLoader(bytes && new TextDecoder().decode(bytes), probe, root);
  }
  const loaderDirectory = root.nameOf(realDirectory(root.locate(interpreter), root));
  return glibcLoader({
    machine: program.machine,
    loaderDirectory,
    cache: once(() => readLdCache(readSystemFile(LD_CACHE) ?? new Uint8Array())),
    probe,
    root,
  });

  function readSystemFile(path: string): Uint8Array | undefined {
    const file = root.follow(root.locate(path));
    return file === undefined ? undefined : readStart(file, MAX_FILE, reads);
  }
}

/** The directory a file really is in, all symbolic links followed: $ORIGIN of a program. */
export function realDirectory(path: string, root: SystemRoot): string {
  const file = root.follow(path) ?? path;
  try {
    return dirname(realpathSync(file));
  } catch {
    return dirname(file);
  }
}

function once<T>(compute: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= compute());
}
