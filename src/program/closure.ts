import { basename, dirname } from 'node:path';
import type { Binary } from '../binary/binary.js';
import { printable } from '../format.js';
import type { LoadedObject, MissingObject, Program } from '../model/program.js';
import type { Loader, Requester } from './loader.js';
import type { Probe } from './probe.js';

/** As many as glibc or musl could map before the kernel's limit of 65,530 regions, and then some. */
const MAX_LIBRARIES = 2000;
/** Files named that were found but are for another machine. */
const MAX_UNFIT = 3;

/** A file that can be loaded into the program's process. */
export interface Loadable {
  readonly binary: Binary;
  readonly identity: string;
}

/** Reads a candidate; a string says, for people, why it is none. */
export type ReadLibrary = (path: string) => Loadable | string;

/** What surrounds the search; `identities` are those of the program and the loader. */
export interface Surroundings {
  readonly loader: Loader;
  readonly probe: Probe;
  readonly read: ReadLibrary;
  readonly identities: readonly string[];
}

const GIVEN_UP: MissingObject = {
  name: 'further libraries',
  reason:
    'The search was given up: the program needs more libraries, or names more directories to look for them in, than any real one.',
};

/**
 * The closure of DT_NEEDED, breadth-first: the order in which the loader maps the libraries. One is
 * loaded once, however many names or paths lead to it.
 *
 * @param origin the directory of the program's own file, all symbolic links followed
 */
export function findLibraries(
  program: { readonly path: string; readonly origin: string; readonly binary: Binary },
  { loader, probe, read, identities }: Surroundings,
): Pick<Program, 'libraries' | 'missing'> {
  const libraries: LoadedObject[] = [];
  const missing: MissingObject[] = [];
  const seen = new Set(identities);
  const names = new Set<string>();
  const name = basename(program.path);
  const { dynamic } = program.binary;
  const queue: Requester[] = [{ name, origin: program.origin, dynamic, requester: undefined }];
  if (loader.knowsSonames) {
    names.add(''); // what glibc calls the program
    if (dynamic?.soname !== undefined) names.add(dynamic.soname);
  }

  for (const requester of queue) {
    for (const name of requester.dynamic?.needed ?? []) {
      if (names.has(name) || loader.provides(name)) continue;
      if (libraries.length + missing.length >= MAX_LIBRARIES || probe.exhausted) {
        return { libraries, missing: [...missing, GIVEN_UP] };
      }
      names.add(name);
      const found = search(name, requester);
      if (typeof found === 'string') {
        missing.push({ name, reason: found });
      } else if (!seen.has(found.identity)) {
        const { path, binary } = found;
        seen.add(found.identity);
        if (loader.knowsSonames && binary.dynamic?.soname) names.add(binary.dynamic.soname);
        // The model looks at no library's sections, and a browser's closure has thousands.
        libraries.push({ name, path, binary: { ...binary, sections: [] } });
        queue.push({ name, origin: dirname(path), dynamic: binary.dynamic, requester });
      }
    }
  }
  return { libraries, missing };

  function search(name: string, requester: Requester): (Loadable & { path: string }) | string {
    const looked: string[] = [];
    const unfit: string[] = [];
    for (const { what, files } of loader.places(name, requester)) {
      looked.push(printable(what));
      for (const path of files) {
        if (!probe.isFile(path)) continue;
        const library = read(path);
        if (typeof library !== 'string') return { ...library, path };
        unfit.push(`${printable(path)} does not do: ${library}`);
        if (!loader.passesOver) return because();
      }
    }
    return because();

    function because() {
      const where = `${printable(requester.name)} needs it. Looked for in ${looked.join(', ')}.`;
      return [where, ...unfit.slice(0, MAX_UNFIT)].join(' ');
    }
  }
}
