import type { ElfReading } from '../binary/elf.js';
import type { Opened } from './open-file.js';
import type { FileKind } from './probe.js';
import type { FileRead } from './read-object.js';
import { openSysroot, type SystemRoot } from './sysroot.js';

/**
 * What was found for one program, for the next: the programs of a system have most of their libraries in
 * common. Nothing in it is ever looked at again, so it is for one pass over files and not for longer.
 * By sysroot.
 */
export type FileCache = Map<string | undefined, SystemFiles>;

export const createFileCache = (): FileCache => new Map();

/** Where the files of a system are, and what is known of them. */
export interface SystemFiles {
  readonly root: SystemRoot;
  /** What is at a path: of each that was looked at, before anything of it was read. */
  readonly kinds: Map<string, FileKind | undefined>;
  /** Whether the file system on a device aligns large mappings of its files to huge pages. */
  readonly devices: Map<bigint, boolean | undefined>;
  /** By path of a dynamic loader, what the system calls the directory that it really is in. */
  readonly loaderDirectories: Map<string, string>;
  readonly libraries: Known<Opened<ElfReading>>;
  /** Paths by name, as the loader's own cache has them. */
  readonly loaderCaches: Known<ReadonlyMap<string, readonly string[]>>;
}

/** By path, with what using it again takes: nothing of it is read. */
type Known<T> = Map<string, { readonly value: T; readonly reads: readonly FileRead[] }>;

/** Paths of this machine that were looked at, and what was there before anything of it was read. */
export type Looks = readonly (readonly [path: string, kind: FileKind | undefined])[];

/** In their order. */
export const looksOf = (cache: FileCache): Looks => [...systemFiles(cache, undefined).kinds];

/** @param sysroot as for `openSysroot` */
export const systemFiles = (cache: FileCache, sysroot: string | undefined): SystemFiles =>
  computedOnce(cache, sysroot, () => ({
    root: openSysroot(sysroot),
    kinds: new Map(),
    devices: new Map(),
    loaderDirectories: new Map(),
    libraries: new Map(),
    loaderCaches: new Map(),
  }));

/** The value that is known of a key, or else the one that `compute` makes. */
export function computedOnce<K, V>(known: Map<K, V>, key: K, compute: () => V): V {
  const before = known.get(key);
  if (before !== undefined || known.has(key)) return before as V;
  const value = compute();
  known.set(key, value);
  return value;
}

/** The same for what is made of a file; adds to `reads` what reading it took. */
export function readOnce<T>(
  known: Known<T>,
  path: string,
  reads: FileRead[],
  read: (reads: FileRead[]) => T,
): T {
  const before = known.get(path);
  if (before) {
    reads.push(...before.reads);
    return before.value;
  }
  const taken: FileRead[] = [];
  const value = read(taken);
  known.set(path, { value, reads: taken.map((file) => ({ ...file, bytesRead: 0 })) });
  reads.push(...taken);
  return value;
}
