import type { Geometry, Level } from '../system/geometry.js';
import type { PageTables } from './cost.js';
import type { Placed } from './mapping.js';
import { shift, union } from './runs.js';
import { distributionOf, meanTables, type TableCounts } from './table-counts.js';
import { levelsOf } from './table-levels.js';

/**
 * The rule `tables`: a table of a level exists for each distinct `page >> shift` of the touched pages. Where
 * addresses are randomised this is counted at 1024 evenly spread placements, the same ones each
 * time, so that the same program always gives the same figure.
 *
 * @param drawn all blocks in the placement that is shown in full
 */
export function pageTables(
  counts: TableCounts,
  drawn: readonly Placed[],
  geometry: Geometry,
): PageTables {
  const { levels: counted, totals } = counts;
  const distribution = distributionOf(counts);
  const touched = union(...drawn.map(({ block, base }) => shift(block.resident, base)));
  const levels = levelsOf(touched, geometry);
  const meanByLevel = counted.map(({ sum }) => sum / totals.length);
  return {
    levels,
    mean: meanTables(counts),
    min: distribution[0]?.tables ?? 0,
    max: distribution.at(-1)?.tables ?? 0,
    distribution,
    meanByLevel: [...meanByLevel, 1],
    usedBytes: sum(levels.map((l, i) => l.entriesUsed * (geometry.levels[i] as Level).entryBytes)),
    bytes: sum(levels.map((l) => l.tables * l.tableBytes)),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
