import { basename, dirname } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Binary } from '../binary/binary.js';
import { printable } from '../format.js';
import type { LoadedObject, MissingObject, Program } from '../model/program.js';
import type { Steps } from '../steps.js';
import type { Loader, Place, Requester } from './loader.js';
import type { Probe } from './probe.js';
import type { SystemRoot } from './sysroot.js';

/** As many as glibc or musl could map before the kernel's limit of 65,530 regions, and then some. */
const MAX_LIBRARIES = 2000;
/** Files named that were found but are of no use. */
const MAX_USELESS = 3;

/** Reads a candidate; a string says, for people, why it is none. */
export type ReadLibrary = (path: string) => Binary | string;

/** What surrounds the search; `identities` are those of the program and the loader. */
export interface Surroundings {
  readonly loader: Loader;
  readonly probe: Probe;
  readonly root: SystemRoot;
  readonly read: ReadLibrary;
  readonly identities: readonly string[];
}

const givenUp = (): MissingObject => ({
  name: l10n.t('further libraries'),
  reason: l10n.t(
    'The search was given up: the program needs more libraries, or names more directories to look for them in, than any real one.',
  ),
});

/** What stands for the libraries of an object whose names could not be read. */
const unread = (requester: string): MissingObject => ({
  name: l10n.t('libraries without a name'),
  reason: l10n.t(
    '{0} needs them. Not looked for: their names could not be read from its string table.',
    printable(requester),
  ),
});

/**
 * The closure of DT_NEEDED, breadth-first: the order in which the loader maps the libraries. One is
 * loaded once, however many names or paths lead to it. A step for each name.
 *
 * @param program with the directory of its own file, all symbolic links followed, as its origin
 */
export function* findLibraries(
  program: { readonly path: string; readonly origin: () => string; readonly binary: Binary },
  { loader, probe, root, read, identities }: Surroundings,
): Steps<Found> {
  const libraries: LoadedObject[] = [];
  const missing = new Map<string, MissingObject>();
  const names = new Set<string>();
  const loaded = new Set(identities);
  /** Files that were no use, and why: none is read twice. */
  const unfit = new Map<string, string>();
  /** One for all: a floor is no lower for a second. */
  let nameless: MissingObject | undefined;
  let beforeCache: number | undefined;
  const name = basename(program.path);
  const { dynamic } = program.binary;
  const queue: Requester[] = [{ name, origin: program.origin, dynamic, requester: undefined }];
  if (loader.knowsSonames) {
    names.add(''); // what glibc calls the program
    if (dynamic?.soname !== undefined) names.add(dynamic.soname);
  }

  for (const requester of queue) {
    if (requester.dynamic?.unreadNeeded) nameless ??= unread(requester.name);
    for (const name of requester.dynamic?.needed ?? []) {
      if (names.has(name) || loader.provides(name)) continue;
      if (libraries.length + missing.size >= MAX_LIBRARIES || probe.exhausted) {
        return result([givenUp()]);
      }
      yield;
      const found = search(name, requester);
      if (typeof found === 'string') {
        // Another requester may find it: its search path is another.
        if (!missing.has(name)) missing.set(name, { name, reason: found });
        continue;
      }
      names.add(name);
      if (found) add(name, found, requester);
    }
  }
  return result([]);

  function result(further: readonly MissingObject[]): Found {
    return {
      libraries,
      missing: [...missing.values(), ...(nameless ? [nameless] : []), ...further],
      beforeCache: beforeCache ?? libraries.length,
    };
  }

  function add(name: string, { path, binary }: Library, requester: Requester) {
    if (loader.knowsSonames && binary.dynamic?.soname) names.add(binary.dynamic.soname);
    const file = root.follow(path) ?? path;
    libraries.push({
      name,
      path: file,
      openedAs: root.nameOf(path),
      binary,
      alignsHuge: probe.alignsHuge(path),
    });
    queue.push({ name, origin: () => dirname(path), dynamic: binary.dynamic, requester });
  }

  /** The library; undefined if that file is loaded already; a string if there is none. */
  function search(name: string, requester: Requester): Library | undefined | string {
    const looked: Place[] = [];
    const useless: string[] = [];
    for (const place of loader.places(name, requester)) {
      looked.push(place);
      if (place.isCache) beforeCache ??= libraries.length;
      for (const path of place.files) {
        const identity = probe.fileIdentity(path);
        if (identity === undefined) continue;
        if (loaded.has(identity)) return undefined;
        const library = unfit.get(identity) ?? read(path);
        if (typeof library !== 'string') {
          loaded.add(identity);
          return { path, binary: library };
        }
        unfit.set(identity, library);
        useless.push(l10n.t('{0} does not do: {1}', printable(path), library));
        if (!loader.passesOver) return reasonOf(requester, root, looked, useless);
      }
    }
    return reasonOf(requester, root, looked, useless);
  }
}

/** The closure, and how many libraries were found before the loader's cache was asked. */
export interface Found extends Pick<Program, 'libraries' | 'missing'> {
  readonly beforeCache: number;
}

interface Library {
  readonly path: string;
  readonly binary: Binary;
}

/** Why a library is missing, for people. */
function reasonOf(
  { name }: Requester,
  { sysroot }: SystemRoot,
  looked: readonly Place[],
  useless: readonly string[],
) {
  const places = looked.map(({ what }) => printable(what)).join(', ');
  const where =
    sysroot === undefined
      ? l10n.t('{0} needs it. Looked for in {1}.', printable(name), places)
      : l10n.t(
          '{0} needs it. Looked for in the sysroot {1}: {2}.',
          printable(name),
          printable(sysroot),
          places,
        );
  return [where, ...useless.slice(0, MAX_USELESS)].join(' ');
}
