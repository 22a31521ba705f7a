import { systemById } from '../system/systems.js';
import type { Cost } from './cost.js';
import type { MeasuredProcess } from './measurement.js';
import { tablesRow } from './row-ids.js';
import { type Runs, union } from './runs.js';
import { levelsOf } from './table-levels.js';

/** The page tables that the pages found in live processes need. */
export interface LiveTables {
  /** Mean bytes by ledger row, without the top table; undefined where not all pages could be seen. */
  readonly byLevel: ReadonlyMap<string, number> | undefined;
  /** Whether they are as many as the kernel counts, in each process. */
  readonly agree: boolean | undefined;
}

/** The rule `tables` on pages that are there, beside the kernel's own count of them (VmPTE). */
export function liveTables(cost: Cost, processes: readonly MeasuredProcess[]): LiveTables {
  const geometry = systemById(cost.system)?.geometry;
  const present = processes.map(presentPages);
  const seen = present.filter((pages) => pages !== undefined);
  if (!geometry || seen.length < processes.length) return { byLevel: undefined, agree: undefined };
  const levels = seen.map((pages) => levelsOf(pages, geometry).slice(0, -1));
  const byLevel = new Map<string, number>();
  for (const level of levels.flat()) {
    const row = tablesRow(level.name);
    const bytes = (level.tables * level.tableBytes) / processes.length;
    byLevel.set(row, (byLevel.get(row) ?? 0) + bytes);
  }
  const agree = levels.every((own, i) => {
    const bytes = own.reduce((sum, level) => sum + level.tables * level.tableBytes, 0);
    return bytes === processes[i]?.tableBytes;
  });
  for (const [row, bytes] of byLevel) byLevel.set(row, Math.round(bytes));
  return { byLevel, agree };
}

/** All pages in RAM; undefined where the kernel did not show them all, or where tables lead to swap. */
function presentPages({ regions, swappedBytes }: MeasuredProcess): Runs | undefined {
  if (swappedBytes > 0) return undefined;
  const shown = regions.map(({ present }) => present).filter((pages) => pages !== undefined);
  return shown.length < regions.length ? undefined : union(...shown);
}
