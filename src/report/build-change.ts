import { bytes } from '../format.js';
import type { Cost } from '../model/cost.js';
import { boundOf } from './what-if-text.js';

/** What a build of a program costs per process at its start-up, in bytes. */
export interface BuildCost {
  readonly bytes: number;
  /** True where that is a lower bound. */
  readonly incomplete: boolean;
}

/** What a process cost before and after a build that changed it. */
export interface BuildChange {
  readonly before: BuildCost;
  readonly after: BuildCost;
}

export const buildCost = ({
  perProcess,
  incomplete,
}: Pick<Cost, 'perProcess' | 'incomplete'>): BuildCost => ({
  bytes: perProcess.bytes,
  incomplete,
});

/** How much more a process costs, with its sign, and a mark where that is a bound: "+4 KiB", "≥ −8 KiB". */
export function changeInBytes({ before, after }: BuildChange): string {
  const more = after.bytes - before.bytes;
  return `${boundOf(after, before)}${more < 0 ? '−' : '+'}${bytes(Math.abs(more))}`;
}
