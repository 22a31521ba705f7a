import { type Memento, type Uri, workspace } from 'vscode';
import { localFile } from '#editor/binaries/local-file.js';
import type { Cost } from '../../model/cost.js';
import { type Base, encodeProgram } from '../../protocol.js';
import { type BuildChange, type BuildCost, buildCost } from '../../report/build-change.js';
import type { Reading } from '../binaries/reading.js';
import { basename } from '../path-names.js';
import { settingsFor } from '../settings.js';
import { type KeptChange, keptChanges } from './kept-changes.js';

/** What builds changed, as far as it was seen: the one place that all views go by. */
export interface LastBuilds {
  /**
   * Takes what a program costs now, at its start-up and by the settings.
   * @param reading what that was found by, where it is at hand
   */
  note(program: Uri, cost: NotedCost, reading?: Reading): void;
  /**
   * The last change that was seen; builds that change nothing leave it. The same object until there is
   * another.
   */
  changeOf(program: Uri): BuildChange | undefined;
  /** The same, as long as nobody has looked at it. */
  newsOf(program: Uri): BuildChange | undefined;
  /** Somebody looks at what the program costs. */
  seen(program: Uri): void;
  /** The build before that change, for a panel to compare with; undefined where only its cost is known. */
  buildBefore(program: Uri): Base | undefined;
}

type NotedCost = Pick<Cost, 'perProcess' | 'incomplete'>;

/** Bytes: no machine has smaller pages. */
const LEAST_PAGE = 4096;

interface Build {
  readonly cost: BuildCost;
  readonly reading: Reading | undefined;
}

interface Known {
  readonly now: Build;
  /** What else a cost depends on; a change of that is no build. */
  readonly settings: string;
  readonly last: LastBuild | undefined;
}

interface LastBuild {
  /** The one before; undefined where the change was seen before a reload. */
  readonly build: Build | undefined;
  readonly change: BuildChange;
  readonly isNews: boolean;
}

/** @param memory what outlives a reload of this workspace */
export function createLastBuilds(memory?: Memento): LastBuilds {
  const known = new Map<string, Known>();
  const kept = keptChanges(memory);
  const set = (key: string, next: Known) => {
    const { last, settings } = next;
    if (last !== known.get(key)?.last) {
      kept.set(key, last && { settings, change: last.change, isNews: last.isNews });
    }
    known.set(key, next);
  };
  return {
    note(uri, cost, reading) {
      const key = uri.toString();
      const before = known.get(key);
      const settings = settingsOf(uri);
      const now = buildOf(cost, reading);
      if (!before) {
        const last = lastOf(kept.get(key), now, settings);
        if (!last) kept.set(key, undefined);
        known.set(key, { now, settings, last });
      } else if (before.settings !== settings) {
        set(key, { now, settings, last: undefined });
      } else if (before.now.cost.bytes !== now.cost.bytes) {
        const change = { before: before.now.cost, after: now.cost };
        set(key, { now, settings, last: { build: before.now, change, isNews: true } });
      } else if (reading) {
        set(key, { ...before, now });
      }
    },
    changeOf: (uri) => known.get(uri.toString())?.last?.change,
    newsOf(uri) {
      const last = known.get(uri.toString())?.last;
      return last?.isNews ? last.change : undefined;
    },
    seen(uri) {
      const key = uri.toString();
      const now = known.get(key);
      if (now?.last?.isNews) set(key, { ...now, last: { ...now.last, isNews: false } });
    },
    buildBefore(uri) {
      const build = known.get(uri.toString())?.last?.build;
      return build && baseOf(build, uri);
    },
  };
}

/**
 * Where the program costs something else than after that change, there were builds since, and
 * nobody knows how many.
 */
function lastOf(
  kept: KeptChange | undefined,
  { cost }: Build,
  settings: string,
): LastBuild | undefined {
  if (kept?.settings !== settings || kept.change.after.bytes !== cost.bytes) return undefined;
  return { build: undefined, change: kept.change, isNews: kept.isNews };
}

const buildOf = (cost: NotedCost, reading: Reading | undefined): Build => ({
  cost: buildCost(cost),
  reading,
});

const baseOf = ({ reading }: Build, uri: Uri): Base | undefined =>
  reading?.program && {
    kind: 'build',
    uri: uri.toString(),
    fileName: basename(uri.path),
    program: encodeProgram(reading.program),
    time: reading.time,
    whyNoLibraries: reading.whyNoLibraries,
  };

/** The loader's cache is mapped for a while; what does that to programs is no build of them. */
function settingsOf(program: Uri): string {
  const sysroot: unknown = workspace.getConfiguration('pagecost', program).get('sysroot');
  const loaderCacheBytes = localFile(program)?.loaderCacheBytes() ?? 0;
  const pages = Math.ceil(loaderCacheBytes / LEAST_PAGE);
  return JSON.stringify([settingsFor(program).aslr, sysroot, pages]);
}
