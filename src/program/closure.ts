import { basename, dirname } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Binary } from '../binary/binary.js';
import { printable } from '../format.js';
import type { LoadedObject, MissingObject, Program } from '../model/program.js';
import type { Steps } from '../steps.js';
import { type Library, librarySearch, type Surroundings } from './library-search.js';
import type { Requester } from './loader.js';
import type { Probe } from './probe.js';
import type { SystemRoot } from './sysroot.js';

/** As many as glibc or musl could map before the kernel's limit of 65,530 regions, and then some. */
const MAX_LIBRARIES = 2000;

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
  surroundings: Surroundings,
): Steps<Found> {
  const { loader, probe, root } = surroundings;
  const search = librarySearch(surroundings);
  const libraries: LoadedObject[] = [];
  const missing = new Map<string, MissingObject>();
  const names = new Set<string>();
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
      const found = search.find(name, requester);
      if (search.hasAskedCache) beforeCache ??= libraries.length;
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

  function add(name: string, { path, binary }: Library, requester: Requester) {
    const { dynamic } = binary;
    if (loader.knowsSonames && dynamic?.soname) names.add(dynamic.soname);
    libraries.push(loadedObject(name, path, binary, root, probe));
    queue.push({ name, origin: () => dirname(path), dynamic, requester });
  }

  function result(further: readonly MissingObject[]): Found {
    return {
      libraries,
      missing: [...missing.values(), ...(nameless ? [nameless] : []), ...further],
      beforeCache: beforeCache ?? libraries.length,
    };
  }
}

const loadedObject = (
  name: string,
  path: string,
  binary: Binary,
  root: SystemRoot,
  probe: Probe,
): LoadedObject => ({
  name,
  path: root.follow(path) ?? path,
  openedAs: root.nameOf(path),
  binary,
  alignsHuge: probe.alignsHuge(path),
});

/** The closure, and how many libraries were found before the loader's cache was asked. */
export interface Found extends Pick<Program, 'libraries' | 'missing'> {
  readonly beforeCache: number;
}
