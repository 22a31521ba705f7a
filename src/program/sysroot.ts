import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import * as l10n from '@vscode/l10n';
import { printable } from '../format.js';

/** Symbolic links followed for one path, as many as Linux follows (MAXSYMLINKS in linux/namei.h). */
const MAX_LINKS = 40;
/** Names in a path, links included: paths come from the file, and each name takes a look. */
const MAX_NAMES = 256;

/**
 * Where the files of the system that a program is for lie: on this machine as they are named there,
 * or below a directory that holds a copy of them, the sysroot of compilers and debuggers.
 */
export interface SystemRoot {
  /** The sysroot, for people; undefined where the files are this machine's own. */
  readonly sysroot: string | undefined;
  /** Why there is nothing to be found in it, for people; undefined where there may be. */
  readonly problem: string | undefined;
  /** The path here of what the system calls `path`; a relative one stays what it is. */
  locate(path: string): string;
  /** What the system calls the file that is at `path` here. */
  nameOf(path: string): string;
  /**
   * The file to open for a path here, with symbolic links followed as the system would, to whom an
   * absolute one begins at the sysroot and nothing lies above it; undefined if they lead nowhere.
   */
  follow(path: string): string | undefined;
  /** The same for a path that people give, which may be relative, and below the sysroot or not. */
  enter(path: string): string | undefined;
  /**
   * Where another file can come to be at a path that people give: each symbolic link on the way, and the end
   * of it, whether there is a file or not. Nothing that lies in the root directory.
   */
  turns(path: string): readonly string[];
}

/** This machine's own files: the kernel follows their links. */
const HERE: SystemRoot = {
  sysroot: undefined,
  problem: undefined,
  locate: (path) => path,
  nameOf: (path) => path,
  follow: (path) => path,
  enter: (path) => path,
  turns: (path) => turns('', path),
};

/**
 * The files below `directory`, an absolute path, or this machine's own where it is undefined. In a
 * directory that cannot be used nothing is found; this machine's files never stand in for it.
 */
export function openSysroot(directory: string | undefined): SystemRoot {
  if (directory === undefined) return HERE;
  const shown = printable(directory);
  const unusable = (problem: string): SystemRoot => ({
    ...HERE,
    sysroot: directory,
    problem,
    locate: (path) => (isAbsolute(path) ? directory + path : path),
    follow: () => undefined,
  });
  if (!isAbsolute(directory)) {
    return unusable(
      l10n.t('The sysroot {0} is a relative path, and nothing says from where.', shown),
    );
  }
  try {
    const real = realpathSync(directory);
    if (!statSync(real).isDirectory())
      return unusable(l10n.t('The sysroot {0} is not a directory.', shown));
    return below(directory, real);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return unusable(
      code === 'ENOENT'
        ? l10n.t('The sysroot {0} does not exist.', shown)
        : l10n.t('The sysroot {0} cannot be read: {1}.', shown, code ?? String(error)),
    );
  }
}

function below(given: string, real: string): SystemRoot {
  /** So that a path of the system can follow it: nothing for the root directory. */
  const root = real.endsWith(sep) ? real.slice(0, -1) : real;
  const isBelow = (path: string) => path.startsWith(`${root}/`);
  const links = new Map<string, Name>();
  const partOf = (path: string) =>
    partBelow(given, path) ?? partBelow(real, path) ?? partBelow(real, realOf(path));
  return {
    sysroot: given,
    problem: undefined,
    locate: (path) => (isAbsolute(path) ? root + path : path),
    nameOf: (path) => (isBelow(path) ? path.slice(root.length) : path),
    follow: (path) => (isBelow(path) ? followLinks(root, path.slice(root.length), links) : path),
    enter(path) {
      const part = partOf(path);
      return part === undefined ? path : followLinks(root, part, links);
    },
    turns(path) {
      const part = partOf(path);
      return part === undefined ? turns('', path) : turns(root, part);
    },
  };
}

/** What a name in a directory stands for: a link's target, 'end' for anything else that is there. */
type Name = { readonly target: string } | 'end' | undefined;

function followLinks(root: string, path: string, known: Map<string, Name>): string | undefined {
  const left = path.split('/').reverse();
  let at = ''; // below the root, without links
  let followed = 0;
  while (left.length > 0) {
    if (left.length > MAX_NAMES) return undefined;
    const part = left.pop();
    if (part === '' || part === '.') continue;
    if (part === '..') {
      at = at.slice(0, Math.max(0, at.lastIndexOf('/'))); // above the root is the root
      continue;
    }
    const next = `${at}/${part}`;
    const name = known.has(next) ? known.get(next) : lookUp(root + next);
    known.set(next, name);
    if (name === undefined) return undefined;
    if (name === 'end') at = next;
    else {
      if (++followed > MAX_LINKS) return undefined;
      if (name.target.startsWith('/')) at = '';
      left.push(...name.target.split('/').reverse());
    }
  }
  return `${root}${at}` || '/';
}

function turns(root: string, path: string): readonly string[] {
  const seen = new Map<string, Name>();
  const end = followLinks(root, path, seen);
  const places = [...seen].filter(([, name]) => name !== 'end').map(([at]) => root + at);
  return [...places, ...(end === undefined ? [] : [end])].filter((at) => at.lastIndexOf('/') > 0);
}

function lookUp(path: string): Name {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat) return undefined;
    return stat.isSymbolicLink() ? { target: readlinkSync(path) } : 'end';
  } catch {
    return undefined; // no permission, or too long: not there for a loader either
  }
}

/** A path's part below a directory, as the system writes it: "/lib/x"; undefined if it is not there. */
function partBelow(directory: string, path: string): string | undefined {
  const part = relative(directory, resolve(path));
  if (part === '' || part.split(sep)[0] === '..' || isAbsolute(part)) return undefined;
  return `/${part.split(sep).join('/')}`;
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
