import type { Dynamic } from '../binary/binary.js';
import type { LoaderHeap } from '../system/c-library.js';
import type { MinimalMalloc } from './minimal-malloc.js';

/** Bytes of a pointer on x86-64. */
const WORD = 8;

/** An object in whose RUNPATH or RPATH the loader looks. */
export interface Searched {
  readonly dynamic: Dynamic | undefined;
  /** Its path as the loader calls it; empty for a program. */
  readonly name: string;
  /** The directory that $ORIGIN stands for. */
  readonly origin: string;
}

/**
 * What glibc's loader allocates when it first looks in an object's RUNPATH or RPATH: a copy, a list of its
 * directories, and of each the text without tokens and, where no path before had it, a record (elf/dl-load.c,
 * decompose_rpath and fillin_rpath).
 */
export function searchPaths(
  { take, free }: Pick<MinimalMalloc, 'take' | 'free'>,
  { perDirectory, systemDirectories, libraryToken }: LoaderHeap,
): (searched: Searched) => void {
  const known = new Set(systemDirectories);
  return ({ dynamic, name, origin }) => {
    const path = dynamic?.runpath ?? dynamic?.rpath;
    if (!path) return;
    const parts = path.split(':');
    take(path.length + 1);
    take(WORD * (parts.length + 1));
    let hasOrigin = name !== ''; // a library's was noted when it was mapped
    // Room is made for what the longest token stands for, whichever it is; four bytes it has itself, at least.
    const perToken = Math.max(origin.length, libraryToken.length) - 4;
    for (const part of parts) {
      let tokens = 0;
      const directory = part.replace(TOKEN, (token) => {
        tokens++;
        return token.includes('LIB') ? libraryToken : token.includes('ORIGIN') ? origin : token;
      });
      if (tokens > 0 && !hasOrigin) take(origin.length + 2);
      hasOrigin ||= tokens > 0;
      if (part !== '') take(part.length + tokens * perToken + 1);
      const asDirectory = withSlash(directory);
      if (!known.has(asDirectory)) take(perDirectory + name.length + asDirectory.length + 2);
      else if (part !== '') free();
      known.add(asDirectory);
    }
  };
}

/** What a path may stand for (elf/dl-load.c, is_dst). */
const TOKEN = /\$(?:\{(?:ORIGIN|LIB|PLATFORM)\}|(?:ORIGIN|LIB|PLATFORM)(?![A-Za-z0-9_]))/g;

/** With one slash at its end; an empty one stays so. */
function withSlash(directory: string): string {
  let end = directory.length;
  while (end > 0 && directory[end - 1] === '/') end--;
  return directory === '' ? '' : `${directory.slice(0, end)}/`;
}
