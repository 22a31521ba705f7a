import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Binary } from '../binary/binary.js';
import { detectOperatingSystem } from '../system/detect.js';
import { computedOnce, readOnce, type SystemFiles } from './file-cache.js';
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
  { root, loaderDirectories, loaderCaches }: SystemFiles,
  reads: FileRead[],
): Loader | undefined {
  if (detectOperatingSystem(program).os !== 'linux') return undefined;
  if (basename(interpreter).startsWith('ld-musl-')) {
    const file = locate(muslPathFile(interpreter));
    const bytes = file === undefined ? undefined : readStart(file, MAX_FILE, reads);
    return muslLoader(bytes && new TextDecoder().decode(bytes), probe, root);
  }
  const place = root.locate(interpreter);
  const loaderDirectory = computedOnce(loaderDirectories, place, () =>
    root.nameOf(realDirectory(place, root)),
  );
  return glibcLoader({
    machine: program.machine,
    loaderDirectory,
    cache: once(readCache),
    probe,
    root,
  });

  /** A file of the loader's own, if it is there. */
  function locate(path: string): string | undefined {
    const place = root.locate(path);
    return probe.fileIdentity(place) === undefined ? undefined : root.follow(place);
  }

  function readCache(): ReadonlyMap<string, readonly string[]> {
    const file = locate(LD_CACHE);
    if (file === undefined) return new Map();
    return readOnce(loaderCaches, file, reads, (taken) =>
      readLdCache(readStart(file, MAX_FILE, taken) ?? new Uint8Array()),
    );
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
