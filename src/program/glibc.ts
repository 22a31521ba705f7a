import { isAbsolute } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Machine } from '../binary/binary.js';
import {
  type Loader,
  locateWritten,
  oncePerRequester,
  type Place,
  pathPlace,
  type Requester,
} from './loader.js';
import type { Probe } from './probe.js';
import { processorLevels } from './processor.js';
import type { SystemRoot } from './sysroot.js';

/** What glibc's loader takes from its surroundings. */
export interface GlibcSurroundings {
  readonly machine: Machine;
  /** Where the loader's own file really is in its system, all symbolic links followed. */
  readonly loaderDirectory: string;
  /** Paths by name in the loader's cache; asked for only when needed. */
  readonly cache: () => ReadonlyMap<string, readonly string[]>;
  readonly probe: Probe;
  readonly root: SystemRoot;
}

/** AT_PLATFORM, what $PLATFORM stands for (Linux ELF_PLATFORM). */
const PLATFORMS: Partial<Record<Machine, string>> = {
  'x86-64': 'x86_64',
  i386: 'i686',
  arm64: 'aarch64',
};

/**
 * glibc's search (elf/dl-load.c, _dl_map_object): DT_RPATH of the requester and of who asked for
 * it, up to the program, unless the requester has a DT_RUNPATH; that DT_RUNPATH; the cache; the
 * default directories.
 */
export function glibcLoader(surroundings: GlibcSurroundings): Loader {
  const { probe, root, cache } = surroundings;
  const { library, defaults } = systemDirectories(surroundings.loaderDirectory);
  const tokens = { LIB: library, PLATFORM: PLATFORMS[surroundings.machine] };
  const builds = buildsByProcessor(surroundings.machine, probe);
  const expand = (text: string, { origin }: Requester) => {
    const expanded = expandTokens(text, { ...tokens, ORIGIN: origin() });
    return expanded === undefined ? undefined : locateWritten(text, expanded, root);
  };

  /** The existing directories of a requester's own search path: it has only one of the two. */
  const ownDirectories = oncePerRequester((requester) => {
    const path = requester.dynamic?.runpath ?? requester.dynamic?.rpath ?? '';
    const expanded = path.split(':').map((part) => expand(part, requester));
    return existing(expanded.filter((part) => part !== undefined));
  });

  /** A relative directory depends on where the process is started, which nobody knows. */
  const existing = (paths: readonly string[]) => {
    const absolute = paths.filter(isAbsolute).map((path) => path.replace(/\/+$/, ''));
    return [...new Set(absolute)].filter((path) => probe.isDirectory(`${path}/`));
  };

  function* inDirectories(directories: readonly string[], name: string) {
    for (const directory of directories) yield* builds.pathsIn(directory, name);
  }

  function* places(name: string, requester: Requester): Iterable<Place> {
    if (name.includes('/')) {
      yield pathPlace(expand(name, requester));
      return;
    }
    if (requester.dynamic?.runpath === undefined) {
      for (let r: Requester | undefined = requester; r; r = r.requester) {
        if (r.dynamic?.rpath === undefined || r.dynamic.runpath !== undefined) continue;
        yield {
          what: l10n.t('the RPATH of {0}', r.name),
          files: inDirectories(ownDirectories(r), name),
        };
      }
    } else {
      const files = inDirectories(ownDirectories(requester), name);
      yield { what: l10n.t('the RUNPATH of {0}', requester.name), files };
    }
    const cached = builds.fitting(cache().get(name) ?? []).map(root.locate);
    yield { what: 'ld.so.cache', isCache: true, files: cached };
    yield {
      what: defaults.join(', '),
      files: inDirectories(existing(defaults.map(root.locate)), name),
    };
  }

  return {
    provides: (name) => /^ld-linux|^ld64\.so|^ld\.so\.1$/.test(name),
    knowsSonames: true,
    passesOver: true,
    places,
  };
}

/**
 * Builds for better processors, in directories below glibc-hwcaps: the best first, and none that
 * this one cannot run.
 */
function buildsByProcessor(machine: Machine, probe: Probe) {
  const levels = machine === 'x86-64' ? processorLevels : () => [];
  const rank = (path: string) => {
    const level = /\/glibc-hwcaps\/([^/]+)\//.exec(path)?.[1];
    return level === undefined ? Number.MAX_SAFE_INTEGER : levels().indexOf(level);
  };
  return {
    /** Where a library may be in a directory. */
    *pathsIn(directory: string, name: string) {
      if (probe.isDirectory(`${directory}/glibc-hwcaps`)) {
        for (const level of levels()) yield `${directory}/glibc-hwcaps/${level}/${name}`;
      }
      yield `${directory}/${name}`;
    },
    /** Of the paths of a library. */
    fitting: (paths: readonly string[]) =>
      paths.filter((path) => rank(path) >= 0).sort((a, b) => rank(a) - rank(b)),
  };
}

/**
 * $LIB and the default directories, which are compiled into the loader: told by where it lies.
 * Debian's is in lib/x86_64-linux-gnu and searches lib too, Fedora's in lib64, Arch's in lib. One
 * that lies elsewhere (Nix) searches its own directory.
 */
function systemDirectories(loaderDirectory: string): {
  library: string;
  defaults: readonly string[];
} {
  const library = /^\/(?:usr\/)?(lib[^/]*(?:\/[^/]+)?)$/.exec(loaderDirectory)?.[1];
  if (library === undefined) return { library: 'lib', defaults: [loaderDirectory] };
  const own = [`/${library}`, `/usr/${library}`];
  return { library, defaults: library.includes('/') ? [...own, '/lib', '/usr/lib'] : own };
}

/**
 * Replaces $ORIGIN, $LIB and $PLATFORM, with or without braces (elf/dl-load.c, is_dst); undefined
 * where one of them has no value, which drops the directory. Other dollars are left as they are.
 */
function expandTokens(
  text: string,
  values: Readonly<Record<string, string | undefined>>,
): string | undefined {
  let known = true;
  const expanded = text.replace(
    /\$(?:\{(ORIGIN|LIB|PLATFORM)\}|(ORIGIN|LIB|PLATFORM)(?![A-Za-z0-9_]))/g,
    (_token, braced: string | undefined, bare: string | undefined) => {
      const value = values[braced ?? bare ?? ''];
      known &&= value !== undefined;
      return value ?? '';
    },
  );
  return known ? expanded : undefined;
}
