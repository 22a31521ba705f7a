import { type Uri, workspace } from 'vscode';
import type { Cost } from '../model/cost.js';
import type { Program } from '../model/program.js';
import { type Base, encodeProgram } from '../protocol.js';
import { type BuildChange, type BuildCost, buildCost } from '../report/build-change.js';
import { basename } from './path-names.js';
import type { Reading } from './reading.js';
import { settingsFor } from './settings.js';

/** What builds changed, as far as it was seen since the start: the one place that all views go by. */
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
  /** The build before that change, for a panel to compare with; undefined where only its cost is known. */
  buildBefore(program: Uri): Base | undefined;
}

type NotedCost = Pick<Cost, 'perProcess' | 'incomplete'>;

interface Build {
  readonly cost: BuildCost;
  readonly program: Program | undefined;
  readonly restrictedReason: string | undefined;
  readonly time: number;
}

interface Known {
  readonly now: Build;
  /** What else a cost depends on; a change of that is no build. */
  readonly settings: string;
  readonly last: { readonly build: Build; readonly change: BuildChange } | undefined;
}

export function createLastBuilds(): LastBuilds {
  const known = new Map<string, Known>();
  return {
    note(uri, cost, reading) {
      const key = uri.toString();
      const before = known.get(key);
      const settings = settingsOf(uri);
      const now = buildOf(cost, reading);
      if (before?.settings !== settings) {
        known.set(key, { now, settings, last: undefined });
      } else if (before.now.cost.bytes !== now.cost.bytes) {
        const change = { before: before.now.cost, after: now.cost };
        known.set(key, { now, settings, last: { build: before.now, change } });
      } else if (reading) {
        known.set(key, { ...before, now });
      }
    },
    changeOf: (uri) => known.get(uri.toString())?.last?.change,
    buildBefore(uri) {
      const build = known.get(uri.toString())?.last?.build;
      return build && baseOf(build, uri);
    },
  };
}

const buildOf = (cost: NotedCost, reading: Reading | undefined): Build => ({
  cost: buildCost(cost),
  program: reading?.program,
  restrictedReason: reading?.restrictedReason,
  time: Date.now(),
});

const baseOf = ({ program, restrictedReason, time }: Build, uri: Uri): Base | undefined =>
  program && {
    kind: 'build',
    uri: uri.toString(),
    fileName: basename(uri.path),
    program: encodeProgram(program),
    time,
    restrictedReason,
  };

function settingsOf(program: Uri): string {
  const sysroot: unknown = workspace.getConfiguration('pagecost', program).get('sysroot');
  return JSON.stringify([settingsFor(program).aslr, sysroot]);
}
