import { type Uri, workspace } from 'vscode';
import type { Cost } from '../model/cost.js';
import { type BuildChange, type BuildCost, buildCost } from '../report/build-change.js';
import { settingsFor } from './settings.js';

/** What builds changed, as far as it was seen since the start: the one place that all views go by. */
export interface LastBuilds {
  /** Takes what a program costs now, at its start-up and by the settings. */
  note(program: Uri, cost: Cost): void;
  /**
   * The last change that was seen; builds that change nothing leave it. The same object until there is
   * another.
   */
  changeOf(program: Uri): BuildChange | undefined;
}

interface Known {
  readonly now: BuildCost;
  /** What else a cost depends on; a change of that is no build. */
  readonly settings: string;
  readonly change: BuildChange | undefined;
}

export function createLastBuilds(): LastBuilds {
  const known = new Map<string, Known>();
  return {
    note(program, cost) {
      const key = program.toString();
      const last = known.get(key);
      const now = buildCost(cost);
      const settings = settingsOf(program);
      if (last?.settings !== settings) known.set(key, { now, settings, change: undefined });
      else if (last.now.bytes !== now.bytes) {
        known.set(key, { now, settings, change: { before: last.now, after: now } });
      }
    },
    changeOf: (program) => known.get(program.toString())?.change,
  };
}

function settingsOf(program: Uri): string {
  const sysroot: unknown = workspace.getConfiguration('pagecost', program).get('sysroot');
  return JSON.stringify([settingsFor(program).aslr, sysroot]);
}
