import * as l10n from '@vscode/l10n';
import type { Binary } from '../binary/binary.js';
import { printable } from '../format.js';
import type { Loader, Place, Requester } from './loader.js';
import type { Probe } from './probe.js';
import type { SystemRoot } from './sysroot.js';

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

export interface Library {
  readonly path: string;
  readonly binary: Binary;
}

/** The search for the libraries of a program, of one name at a time. */
export interface LibrarySearch {
  /** The library; undefined if that file is loaded already; a string if there is none, with the reason for people. */
  find(name: string, requester: Requester): Library | undefined | string;
  /** Whether the loader's cache was looked into. */
  readonly hasAskedCache: boolean;
}

/** No file is loaded twice, whatever names and paths lead to it, and one that was of no use is not read again. */
export function librarySearch({
  loader,
  probe,
  root,
  read,
  identities,
}: Surroundings): LibrarySearch {
  const loaded = new Set(identities);
  /** By identity, why. */
  const unfit = new Map<string, string>();
  let hasAskedCache = false;
  return {
    find(name, requester) {
      const looked: Place[] = [];
      const useless: string[] = [];
      for (const place of loader.places(name, requester)) {
        looked.push(place);
        if (place.isCache) hasAskedCache = true;
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
    },
    get hasAskedCache() {
      return hasAskedCache;
    },
  };
}

/** Why a library is missing, for people. */
function reasonOf(
  { name }: Requester,
  { sysroot }: SystemRoot,
  looked: readonly Place[],
  useless: readonly string[],
): string {
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
