import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { RankCandidate } from './rank-file.js';
import type { Ranking } from './rank-programs.js';

/** Names in folders below one directory: /usr of a large desktop has some 500,000. */
const MAX_NAMES = 1_000_000;
/** Folders that no build writes its programs to. */
const EXCLUDED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

export interface ProgramFiles {
  /** With randomised addresses. */
  readonly candidates: readonly RankCandidate[];
  /** Directories below which there are more files than were looked at. */
  readonly limited: readonly string[];
}

/**
 * Files that are named, and those below directories that are, each once whatever symbolic links lead to it:
 * under a name of its own if it has one there, else under that of a link. Links to folders are not followed.
 *
 * @param sysroot absolute path, for all of them; undefined for this machine's own files
 */
export async function filesAt(
  named: readonly string[],
  sysroot: string | undefined,
): Promise<ProgramFiles> {
  const paths: string[] = [];
  const links: string[] = [];
  const limited: string[] = [];
  const seen = new Set<string>();
  for (const directory of named) {
    if (isFile(directory)) {
      links.push(directory); // it leads to a file that may be below a directory, too
      continue;
    }
    const found = await namesBelow(directory);
    if (found.limited) limited.push(directory);
    const real = realOf(directory) ?? directory;
    for (const file of found.files) {
      const path = join(real, file);
      if (seen.has(path)) continue;
      seen.add(path);
      paths.push(join(directory, file));
    }
    links.push(...found.links.map((link) => join(directory, link)));
  }
  for (const link of links) {
    const target = realOf(link);
    if (target === undefined || seen.has(target) || !isFile(target)) continue;
    seen.add(target);
    paths.push(link);
  }
  return { candidates: paths.map((path) => ({ path, name: path, sysroot, aslr: true })), limited };
}

/** The ranking with each file once: it may have several names of its own. The first of them stays. */
export function eachFileOnce<T extends RankCandidate>(
  { programs, failed }: Ranking<T>,
  candidates: readonly T[],
): Ranking<T> {
  const order = new Map(candidates.map((candidate, i) => [candidate, i]));
  const ranked = [...programs, ...failed].map(({ candidate }) => candidate);
  ranked.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  const seen = new Set<string>();
  const others = new Set<T>();
  for (const candidate of ranked) {
    const identity = identityOf(candidate.path);
    if (identity !== undefined && seen.has(identity)) others.add(candidate);
    else if (identity !== undefined) seen.add(identity);
  }
  const isFirst = ({ candidate }: { readonly candidate: T }) => !others.has(candidate);
  return { programs: programs.filter(isFirst), failed: failed.filter(isFirst) };
}

interface Names {
  /** Relative paths of regular files and of links, each in the order of their characters. */
  readonly files: readonly string[];
  readonly links: readonly string[];
  readonly limited: boolean;
}

async function namesBelow(directory: string): Promise<Names> {
  const files: string[] = [];
  const links: string[] = [];
  const waiting = [''];
  let left = MAX_NAMES;
  const names = (limited: boolean) => ({ files: files.sort(), links: links.sort(), limited });
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (waiting.length % 64 === 0) await setImmediate();
    for (const entry of entriesOf(join(directory, next))) {
      if (left-- <= 0) return names(true);
      const path = next === '' ? entry.name : `${next}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!EXCLUDED.has(entry.name)) waiting.push(path);
      } else if (entry.isFile()) files.push(path);
      else if (entry.isSymbolicLink()) links.push(path);
    }
  }
  return names(false);
}

/** None where there is no permission: nothing in it can be named. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined; // leads nowhere, or gone since
  }
}

const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined; // gone since
  }
}
