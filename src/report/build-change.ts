import { bytes } from '../format.js';
import type { Cost } from '../model/cost.js';
import { type MayBe, mayBe } from '../model/cost-difference.js';
import { markOf } from './may-be.js';

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

/** What the change may be in truth. */
export const changeMayBe = ({ before, after }: BuildChange): MayBe =>
  mayBe(before.incomplete, after.incomplete);

/** How much more a process costs, with its sign, and a mark where that is not sure: "+4 KiB", "≥ −8 KiB". */
export function changeInBytes(change: BuildChange): string {
  const more = change.after.bytes - change.before.bytes;
  return `${markOf(changeMayBe(change))}${more < 0 ? '−' : '+'}${bytes(Math.abs(more))}`;
}
