import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { matchesGlob, searchOf } from '../budget/glob.js';
import { LEFT_OUT_FOLDERS } from '../left-out-folders.js';

/** Names in folders that are looked at for one pattern. Budgets are for one's build, not for a disk. */
export const MAX_NAMES = 20_000;

export interface FoundFiles {
  /** Relative paths with `/`, in the order of their characters. */
  readonly files: readonly string[];
  /** Whether the search was given up, for there are too many names. */
  readonly limited: boolean;
}

/**
 * The regular files below a folder whose relative paths match a pattern (`matchesGlob`). Symbolic links
 * to files count, those to folders are not followed, except where the pattern names them.
 *
 * @param most names in folders that are looked at
 */
export async function findFiles(
  folder: string,
  pattern: string,
  most = MAX_NAMES,
): Promise<FoundFiles> {
  const start = searchOf(pattern);
  const waiting = [{ path: start.folder, depth: start.depth }];
  const files: string[] = [];
  let left = most;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const entry of await entriesOf(join(folder, next.path))) {
      if (left-- <= 0) return { files: files.sort(), limited: true };
      const path = next.path === '' ? entry.name : `${next.path}/${entry.name}`;
      if (entry.isDirectory()) {
        const deeper = next.depth > 0 && !LEFT_OUT_FOLDERS.includes(entry.name);
        if (deeper) waiting.push({ path, depth: next.depth - 1 });
      } else if (matchesGlob(pattern, path) && (await isFile(entry, join(folder, path)))) {
        files.push(path);
      }
    }
  }
  return { files: files.sort(), limited: false };
}

/** None where there is no such folder, or no permission: nothing in it can be named. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function isFile(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  return stat(path).then(
    (target) => target.isFile(),
    () => false,
  );
}
