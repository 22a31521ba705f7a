import type { Binary } from '../binary/binary.js';
import { CXX_LIBRARY } from '../binary/known-symbols.js';

/** A program as a process of it would hold it: the binary and what the dynamic loader brings along. */
export interface Program extends Mapped {
  /** Where the file is, for people. */
  readonly path: string;
  readonly binary: Binary;
  /** The dynamic loader that PT_INTERP names, where it was found. */
  readonly interpreter: LoadedObject | undefined;
  /** The closure of DT_NEEDED, breadth-first, in load order; without the interpreter. */
  readonly libraries: readonly LoadedObject[];
  /** Libraries, or the interpreter, that were not found: their cost is unknown, not zero. */
  readonly missing: readonly MissingObject[];
  /** The dynamic loader's cache of library paths, which it maps while it looks for them. */
  readonly loaderCache?: LoaderCache | undefined;
}

interface Mapped {
  /**
   * Whether the kernel aligns a mapping of the file to huge pages where it is as large as one, which depends on the
   * file system that the file lies on; taken to be so where not said.
   */
  readonly alignsHuge?: boolean | undefined;
}

export interface LoaderCache {
  readonly bytes: number;
  /** How many libraries are mapped before it is: those in front of the first that no RPATH leads to. */
  readonly after: number;
}

export interface LoadedObject extends Mapped {
  /** The name it is asked for by: DT_NEEDED, or the file name of PT_INTERP. */
  readonly name: string;
  readonly path: string;
  /** The path that the loader opens, as its own system calls it; `path` where not said. */
  readonly openedAs?: string | undefined;
  /** Its sections may be left out: the model does not look at them. */
  readonly binary: Binary;
}

export interface MissingObject {
  readonly name: string;
  /** For people: who asks for it and where it was looked for. */
  readonly reason: string;
}

/** Pages that a mapping of the file is aligned to if it has as many; undefined where none is. */
export const hugeAlignOf = (
  { alignsHuge }: Mapped,
  hugeAlign: number | undefined,
): number | undefined => (alignsHuge === false ? undefined : hugeAlign);

/** What an object of a process is called: the last part of its path, with either separator. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) || path;

/** Whether an object is GCC's C++ library. */
export const isCxxLibrary = (name: string): boolean => name === CXX_LIBRARY;

/** Whether an object is the C library itself. */
export const isCLibrary = (name: string): boolean => /^(libc\.so|libc\.musl-|ld-musl-)/.test(name);
