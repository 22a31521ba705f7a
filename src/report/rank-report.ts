import { amountsOf } from '../budget/amounts.js';
import type { Cost, Quality } from '../model/cost.js';
import type { Sums } from '../model/sums.js';
import { totalBytes } from '../model/total.js';

/** Programs and their costs, the dearest first, and what has none. */
export interface Ranked {
  readonly programs: readonly { readonly file: string; readonly cost: RankedCost }[];
  readonly failed: readonly { readonly file: string; readonly reason: string }[];
  /** Directories below which not all files were looked at, for there are too many. */
  readonly limited: readonly string[];
}

/**
 * A ranking as plain data, from which the text is written and which is the JSON document
 * (media/pagecost.schema.json).
 */
export interface RankReport {
  readonly format: 'pagecost-rank/1';
  /** 1 to 1,000,000. */
  readonly processes: number;
  /** How many programs have a cost; `programs` may be the first of them. */
  readonly estimated: number;
  readonly programs: readonly RankedFacts[];
  /** Files without a cost by the reason, the most frequent first. */
  readonly failed: readonly FailedFacts[];
  readonly limited: readonly string[];
}

/** What a ranking says of a program's cost. */
export interface RankedCost {
  readonly system: string;
  readonly perProcess: Cost['perProcess'];
  readonly sharedOnceBytes: number;
  /** To a hundredth, as both are means where addresses are randomised. */
  readonly privatePages: number;
  /** Without the top table, as Linux's VmPTE counts. */
  readonly tablePages: number;
  /** Of `perProcess.bytes`: that of its least sure row, or a floor where a row has no number. */
  readonly quality: Quality;
  /** Whether a row has no number, so that every sum is a lower bound. */
  readonly incomplete: boolean;
}

export interface RankedFacts extends RankedCost {
  readonly file: string;
  readonly totalBytes: number;
}

export interface FailedFacts {
  readonly reason: string;
  readonly files: readonly string[];
}

/** @param top how many programs to report on, from the dearest on; undefined for all */
export const rankReport = (
  { programs, failed, limited }: Ranked,
  processes: number,
  top: number | undefined,
): RankReport => ({
  format: 'pagecost-rank/1',
  processes,
  estimated: programs.length,
  programs: programs.slice(0, top).map(({ file, cost }) => rankedFacts(file, cost, processes)),
  failed: byReason(failed),
  limited,
});

export function rankedCost(sums: Sums): RankedCost {
  const { privatePages, tablePages } = amountsOf(sums);
  const { system, perProcess, sharedOnceBytes, quality, incomplete } = sums;
  return { system, perProcess, sharedOnceBytes, privatePages, tablePages, quality, incomplete };
}

function rankedFacts(file: string, cost: RankedCost, processes: number): RankedFacts {
  const { system, perProcess, sharedOnceBytes, ...rest } = cost;
  const total = totalBytes(cost, processes);
  return { file, system, perProcess, sharedOnceBytes, totalBytes: total, ...rest };
}

function byReason(failed: Ranked['failed']): readonly FailedFacts[] {
  const groups = new Map<string, string[]>();
  for (const { file, reason } of failed) {
    const files = groups.get(reason);
    if (files) files.push(file);
    else groups.set(reason, [file]);
  }
  return [...groups]
    .map(([reason, files]) => ({ reason, files }))
    .sort((a, b) => b.files.length - a.files.length);
}
