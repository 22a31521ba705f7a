import type { Saving } from '../../src/model/savings.js';
import { excludes, type WhatIf } from '../../src/model/what-if.js';

/** The what-ifs as the panel lists them. */
export interface WhatIfList {
  /** Those that change what `processes` processes cost, the biggest saving first. */
  readonly changing: readonly Saving[];
  /** Those that could be had, and alone change nothing. */
  readonly idle: readonly Saving[];
  /** Those that alone cannot be had here. */
  readonly impossible: readonly Saving[];
}

/**
 * The list for a number of processes. It depends on what each saves alone and not on what is chosen:
 * a line stays where it is when its switch is used.
 */
export function whatIfList(savings: readonly Saving[], processes: number): WhatIfList {
  const possible = savings.filter(({ obstacle }) => obstacle === undefined);
  const total = (saving: Saving) => totalSaving(saving, processes);
  return {
    changing: possible.filter((saving) => total(saving) !== 0).sort((a, b) => total(b) - total(a)),
    idle: possible.filter((saving) => total(saving) === 0),
    impossible: savings.filter(({ obstacle }) => obstacle !== undefined),
  };
}

/** Bytes less for so many processes; negative where they become dearer. */
export const totalSaving = (
  { perProcess, sharedOnce }: Pick<Saving, 'perProcess' | 'sharedOnce'>,
  processes: number,
): number => sharedOnce + processes * perProcess;

/** What is chosen already and cannot be had together with it. */
export const rivalOf = (whatIf: WhatIf, chosen: readonly WhatIf[]): WhatIf | undefined =>
  chosen.find((other) => other.id !== whatIf.id && excludes(other, whatIf));

/** Whether two lists name the same, in any order. */
export const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));
