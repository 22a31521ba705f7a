import { isAbsolute } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Dynamic } from '../binary/binary.js';
import { computedOnce } from './file-cache.js';
import type { SystemRoot } from './sysroot.js';

/** A loaded object in its role as the one that asks for a library. */
export interface Requester {
  /** File name, for people. */
  readonly name: string;
  /** The directory that $ORIGIN stands for, as a path of this machine; asked for only when needed. */
  readonly origin: () => string;
  readonly dynamic: Dynamic | undefined;
  /** Who asked for this object; undefined of the program. */
  readonly requester: Requester | undefined;
}

/** One of the places a loader looks in, with the files it would take there, best first. */
export interface Place {
  /** For people: "the RUNPATH of cat". */
  readonly what: string;
  /** Whether it is the loader's cache, which is then mapped. */
  readonly isCache?: true;
  readonly files: Iterable<string>;
}

/**
 * How one kind of dynamic loader finds libraries. Environment variables are not part of it: those of
 * this process say nothing about the process that is estimated.
 */
export interface Loader {
  /** Whether a library of this name is the loader itself. */
  provides(name: string): boolean;
  /** Whether an object already loaded is known by its DT_SONAME as well as by the name asked for. */
  readonly knowsSonames: boolean;
  /** Whether a file for another machine is passed over, or ends the search. */
  readonly passesOver: boolean;
  /** The places to look in, in order; lazily, as most names are found in the first of them. */
  places(name: string, requester: Requester): Iterable<Place>;
}

/** The place of a library asked for by a path instead of a name; undefined where it cannot be made out. */
export const pathPlace = (path: string | undefined): Place =>
  path !== undefined && isAbsolute(path)
    ? { what: l10n.t('that place'), files: [path] }
    : nowhere(l10n.t('a relative path depends on where the process starts'));

/**
 * Where a path is that a file names: the system's, unless it begins at $ORIGIN, which stands for a
 * directory of this machine.
 */
export const locateWritten = (written: string, expanded: string, root: SystemRoot): string =>
  /^\$(?:ORIGIN|\{ORIGIN\})/.test(written) ? expanded : root.locate(expanded);

/** The place of a library that cannot be looked for. */
export const nowhere = (why: string): Place => ({
  what: l10n.t('no place, since {0}', why),
  files: [],
});

/** Computes something once per requester. */
export function oncePerRequester<T>(compute: (requester: Requester) => T): (r: Requester) => T {
  const known = new Map<Requester, T>();
  return (requester) => computedOnce(known, requester, () => compute(requester));
}
