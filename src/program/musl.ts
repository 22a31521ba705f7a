import { isAbsolute } from 'node:path';
import * as l10n from '@vscode/l10n';
import {
  type Loader,
  locateWritten,
  nowhere,
  oncePerRequester,
  type Place,
  pathPlace,
  type Requester,
} from './loader.js';
import type { Probe } from './probe.js';
import type { SystemRoot } from './sysroot.js';

/** Where musl looks when /etc/ld-musl-ARCH.path does not exist. */
const DEFAULT_PATH = '/lib:/usr/local/lib:/usr/lib';

/**
 * The file that replaces the default directories, for a loader called by this path; a loader in
 * /prefix/lib has it in /prefix/etc.
 */
export function muslPathFile(interpreter: string): string {
  const [, prefix, architecture] = /^(.*?)(?:\/[^/]*)?\/ld-musl-([^/]*?)(?:\.so\.1)?$/.exec(
    interpreter,
  ) ?? [undefined, '', ''];
  return `${prefix}/etc/ld-musl-${architecture}.path`;
}

/**
 * musl's search (ldso/dynlink.c, load_library): DT_RUNPATH or else DT_RPATH of the requester and of
 * who asked for it, up to the program; then the path file's directories or the default ones.
 *
 * @param pathFile contents of the path file; undefined where there is none
 */
export function muslLoader(pathFile: string | undefined, probe: Probe, root: SystemRoot): Loader {
  const system = existing(partsOf(pathFile ?? DEFAULT_PATH).map(root.locate));
  const systemName =
    pathFile === undefined ? DEFAULT_PATH.replaceAll(':', ', ') : l10n.t('musl’s path file');

  function existing(paths: readonly string[]) {
    return [...new Set(paths.filter(isAbsolute))].filter((path) => probe.isDirectory(path));
  }

  const ownDirectories = oncePerRequester(({ dynamic, origin }) =>
    existing(searchPath(dynamic?.runpath ?? dynamic?.rpath ?? '', origin, root)),
  );

  function* places(name: string, requester: Requester): Iterable<Place> {
    if (name === '') {
      yield nowhere(l10n.t('its name is empty'));
      return;
    }
    if (name.includes('/')) {
      yield pathPlace(root.locate(name));
      return;
    }
    for (let r: Requester | undefined = requester; r; r = r.requester) {
      if (r.dynamic?.runpath === undefined && r.dynamic?.rpath === undefined) continue;
      const what =
        r.dynamic.runpath === undefined
          ? l10n.t('the RPATH of {0}', r.name)
          : l10n.t('the RUNPATH of {0}', r.name);
      yield { what, files: ownDirectories(r).map((directory) => `${directory}/${name}`) };
    }
    yield { what: systemName, files: system.map((directory) => `${directory}/${name}`) };
  }

  return {
    // Everything POSIX puts into a library of its own is in libc.so, which is the loader.
    provides: (name) =>
      /^lib(?:c|pthread|rt|m|dl|util|xnet)\./.test(name) || /^ld-musl-/.test(name),
    knowsSonames: false,
    passesOver: false,
    places,
  };
}

/** musl knows $ORIGIN only; a path with any other dollar is not used at all. */
function searchPath(path: string, origin: () => string, root: SystemRoot): string[] {
  if (path.replace(ORIGIN, '').includes('$')) return [];
  return partsOf(path).map((part) => locateWritten(part, part.replace(ORIGIN, origin), root));
}

const ORIGIN = /\$(?:ORIGIN|\{ORIGIN\})/g;

const partsOf = (path: string) => path.split(/[:\n]/);
