import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findFiles } from './find-files.js';
import type { RankCandidate } from './rank-programs.js';

/** Names in folders below one directory: /usr of a large desktop has some 500,000. */
const MAX_NAMES = 1_000_000;

export interface ProgramFiles {
  /** With randomised addresses. */
  readonly candidates: readonly RankCandidate[];
  /** Directories below which there are more files than were looked at. */
  readonly limited: readonly string[];
}

/**
 * The files below some directories, each once whatever leads to it: under a name of its own if it has
 * one there, else under that of a symbolic link.
 *
 * @param sysroot absolute path, for all of them; undefined for this machine's own files
 */
export async function filesBelow(
  directories: readonly string[],
  sysroot: string | undefined,
): Promise<ProgramFiles> {
  const files: string[] = [];
  const links: string[] = [];
  const limited: string[] = [];
  for (const directory of directories) {
    const found = await findFiles(directory, '**/*', MAX_NAMES);
    if (found.limited) limited.push(directory);
    for (const file of found.files) {
      const path = join(directory, file);
      (isLink(path) ? links : files).push(path);
    }
  }
  const seen = new Set<string>();
  const candidates: RankCandidate[] = [];
  for (const path of [...files, ...links]) {
    const identity = identityOf(path);
    if (identity === undefined || seen.has(identity)) continue;
    seen.add(identity);
    candidates.push({ path, name: path, sysroot, aslr: true });
  }
  return { candidates, limited };
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false; // gone since
  }
}

function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined; // gone since
  }
}
