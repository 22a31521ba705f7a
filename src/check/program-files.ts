import {
  accessSync,
  closeSync,
  constants,
  type Dirent,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { ELF_BYTES, isElf } from '../binary/elf-header.js';
import { LEFT_OUT_FOLDERS } from '../left-out-folders.js';
import { fileIdentity } from '../program/file-identity.js';
import { OPEN_FLAGS } from '../program/open-file.js';
import type { RankCandidate } from './rank-file.js';
import type { Ranking } from './rank-programs.js';

/** Names in folders below one directory: /usr of a large desktop has some 500,000. */
const MAX_NAMES = 1_000_000;

export interface ProgramFiles {
  /** With randomised addresses. */
  readonly candidates: readonly RankCandidate[];
  /** Directories below which there are more files than were looked at. */
  readonly limited: readonly string[];
  /** What was named and cannot be looked at, by the code of the error. */
  readonly unseen: readonly { readonly path: string; readonly code: string }[];
}

/**
 * ELF files that are named, and those below directories that are: told by their first bytes, as names of
 * programs say nothing. Links to folders are not followed; one to a file counts where the file is not there
 * under a name of its own, as far as paths tell (`eachFileOnce`).
 *
 * @param sysroot absolute path, for all of them; undefined for this machine's own files
 * @param progress told now and then of how many files the first bytes were looked at
 */
export function filesAt(
  named: readonly string[],
  sysroot: string | undefined,
  progress: (done: number) => void,
): ProgramFiles {
  const below: string[] = [];
  const files: string[] = [];
  const links: string[] = [];
  const limited: string[] = [];
  const unseen: { path: string; code: string }[] = [];
  const seen = new Set<string>();
  let done = 0;
  const add = (to: string[], path: string, real: string) => {
    progress(done++);
    if (seen.has(real) || !mayBeElf(path)) return;
    seen.add(real);
    to.push(path);
  };
  for (const path of named) {
    try {
      const kind = kindOf(path);
      if (kind === 'file') add(files, path, resolve(path));
      else if (kind === 'link') links.push(path);
      else if (kind === 'directory') {
        accessSync(path, constants.R_OK);
        const found = namesBelow(path);
        const real = realOf(path) ?? path;
        for (const file of found.files) add(below, join(path, file), join(real, file));
        for (const link of found.links) links.push(join(path, link));
        if (found.limited) limited.push(path);
      }
    } catch (error) {
      unseen.push({ path, code: (error as NodeJS.ErrnoException).code ?? String(error) });
    }
  }
  const linked: string[] = [];
  for (const link of links) {
    const target = realOf(link);
    if (target === undefined || seen.has(target) || !isFile(target)) continue;
    add(linked, link, target);
  }
  const paths = [...below, ...files, ...linked];
  const candidates = paths.map((path) => ({ path, name: path, sysroot, aslr: true }));
  return { candidates, limited, unseen };
}

const start = new Uint8Array(ELF_BYTES);

/** Whether a regular file is ELF; one that cannot be opened may be. */
function mayBeElf(path: string): boolean {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, OPEN_FLAGS);
    return readSync(descriptor, start, 0, ELF_BYTES, 0) === ELF_BYTES && isElf(start);
  } catch {
    return true;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** A link to a directory is one. */
function kindOf(path: string): 'file' | 'link' | 'directory' | undefined {
  const stat = lstatSync(path);
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'directory';
  if (!stat.isSymbolicLink()) return undefined;
  return statSync(path).isDirectory() ? 'directory' : 'link';
}

/** The ranking with each file once: it may have several names of its own. The first of them stays. */
export function eachFileOnce<T extends RankCandidate>(
  { programs, failed }: Ranking<T>,
  candidates: readonly T[],
): Ranking<T> {
  const left = new Set([...programs, ...failed].map(({ candidate }) => candidate));
  const seen = new Set<string>();
  for (const candidate of candidates) {
    const identity = left.has(candidate) ? fileIdentity(candidate.path) : undefined;
    if (identity === undefined) continue;
    if (seen.has(identity)) left.delete(candidate);
    seen.add(identity);
  }
  const isLeft = ({ candidate }: { readonly candidate: T }) => left.has(candidate);
  return { programs: programs.filter(isLeft), failed: failed.filter(isLeft) };
}

interface Names {
  /** Relative paths of regular files and of links, each in the order of their characters. */
  readonly files: readonly string[];
  readonly links: readonly string[];
  readonly limited: boolean;
}

function namesBelow(directory: string): Names {
  const files: string[] = [];
  const links: string[] = [];
  const waiting = [''];
  let left = MAX_NAMES;
  const names = (limited: boolean) => ({ files: files.sort(), links: links.sort(), limited });
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of entriesOf(join(directory, next))) {
      if (left-- <= 0) return names(true);
      const path = next === '' ? entry.name : `${next}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!LEFT_OUT_FOLDERS.includes(entry.name)) waiting.push(path);
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
