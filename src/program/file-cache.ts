import type { ElfReading } from '../binary/elf.js';
import type { Opened } from './open-file.js';
import type { FileRead } from './read-object.js';

/**
 * What was read for one program, for the next: the programs of a system have most of their libraries in
 * common. Nothing in it is ever read again, so it is for one pass over files and not for longer.
 */
export interface FileCache {
  readonly libraries: Known<Opened<ElfReading>>;
  /** Paths by name, as the loader's own cache has them. */
  readonly loaderCaches: Known<ReadonlyMap<string, readonly string[]>>;
}

/** By path, with what reading it took. */
type Known<T> = Map<string, { readonly value: T; readonly reads: readonly FileRead[] }>;

export const createFileCache = (): FileCache => ({ libraries: new Map(), loaderCaches: new Map() });

/** The value that is known of a path, or else the one that `read` makes; adds to `reads` what that took. */
export function remembered<T>(
  known: Known<T>,
  path: string,
  reads: FileRead[],
  read: (reads: FileRead[]) => T,
): T {
  const before = known.get(path);
  if (before) {
    // The file is used again, and nothing of it is read.
    reads.push(...before.reads.map((file) => ({ ...file, bytesRead: 0 })));
    return before.value;
  }
  const taken: FileRead[] = [];
  const value = read(taken);
  known.set(path, { value, reads: taken });
  reads.push(...taken);
  return value;
}
