import type { Memento, Uri } from 'vscode';
import type { Cost } from '../../model/cost.js';
import { type Base, encodeProgram } from '../../protocol.js';
import { type BuildChange, type BuildCost, buildCost } from '../../report/build-change.js';
import type { Reading } from '../binaries/reading.js';
import { basename } from '../path-names.js';
import type { Circumstances } from './circumstances.js';
import { type KeptChange, keptChanges } from './kept-changes.js';

/** What builds changed, as far as it was seen: the one place that all views go by. */
export interface LastBuilds {
  /**
   * Takes what a program costs, at its start-up and by the settings.
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

interface NotedCost extends Pick<Cost, 'perProcess' | 'incomplete'> {
  /** Under which the file was read. */
  readonly circumstances: Circumstances;
}

interface Build {
  readonly cost: BuildCost;
  readonly reading: Reading | undefined;
}

interface Known {
  readonly now: Build;
  readonly circumstances: string;
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
    const { last, circumstances } = next;
    if (last !== known.get(key)?.last) {
      kept.set(key, last && { circumstances, change: last.change, isNews: last.isNews });
    }
    known.set(key, next);
  };
  return {
    note(uri, cost, reading) {
      const key = uri.toString();
      const before = known.get(key);
      const circumstances = JSON.stringify(cost.circumstances);
      const now = buildOf(cost, reading);
      if (!before) {
        const last = lastOf(kept.get(key), now, circumstances);
        if (!last) kept.set(key, undefined);
        known.set(key, { now, circumstances, last });
      } else if (before.circumstances !== circumstances) {
        set(key, { now, circumstances, last: undefined });
      } else if (before.now.cost.bytes !== now.cost.bytes) {
        const change = { before: before.now.cost, after: now.cost };
        set(key, { now, circumstances, last: { build: before.now, change, isNews: true } });
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
  circumstances: string,
): LastBuild | undefined {
  if (kept?.circumstances !== circumstances || kept.change.after.bytes !== cost.bytes)
    return undefined;
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
