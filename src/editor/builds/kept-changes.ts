import type { Memento } from 'vscode';
import { version } from '../../../package.json';
import type { BuildChange } from '../../report/build-change.js';

/** What the last build of a program changed, over a reload of the window. */
export interface KeptChange {
  /** What else the costs depend on, as text. */
  readonly circumstances: string;
  readonly change: BuildChange;
  readonly isNews: boolean;
}

export interface KeptChanges {
  get(program: string): KeptChange | undefined;
  set(program: string, change: KeptChange | undefined): void;
}

const KEY = 'changes';
/** Programs. Those whose builds are longest ago are forgotten. */
const MOST = 100;

/** What is written down; another version of Pagecost may find other costs. */
interface Written {
  readonly version: string;
  readonly changes: readonly (readonly [string, KeptChange])[];
}

/** @param memory of the workspace; without one nothing is kept */
export function keptChanges(memory: Memento | undefined): KeptChanges {
  const written = memory?.get<Written>(KEY);
  const changes = new Map(written?.version === version ? written.changes : []);
  const write = () => {
    const latest = [...changes].slice(-MOST);
    void memory?.update(KEY, { version, changes: latest } satisfies Written);
  };
  return {
    get: (program) => changes.get(program),
    set(program, change) {
      if (!changes.delete(program) && !change) return;
      if (change) changes.set(program, change);
      write();
    },
  };
}
