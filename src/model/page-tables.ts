import type { Geometry, Level } from '../system/geometry.js';
import type { PageTables, TableLevel } from './cost.js';
import type { Placed } from './mapping.js';
import { blocksAt, type Process } from './process.js';
import { coarsen, count, type Runs, shift, union } from './runs.js';
import { tableCounts } from './table-counts.js';

/** Page tables of a process: at one placement in full, and how many there are over all of them. */
export interface TableEstimate {
  readonly tables: PageTables;
  /** The placement the tables, and every picture, are drawn at. */
  readonly drawn: readonly Placed[];
  /** By level, fewest tables (segments over 2 MiB touched at their ends only) and most. */
  readonly rangeByLevel: readonly { readonly min: number; readonly max: number }[];
}

/**
 * The rule `tables`: a table of a level exists for each distinct `page >> shift` of the touched pages. Where
 * addresses are randomised this is counted at 1024 evenly spread placements, the same ones each
 * time, so that the same program always gives the same figure.
 */
export function pageTables(process: Process, geometry: Geometry): TableEstimate {
  const { levels: counted, totals } = tableCounts(process, geometry);
  const distribution = distributionOf(totals);
  const common = distribution.reduce((a, b) => (b.share > a.share ? b : a)).tables;
  const drawn = blocksAt(process.parts, totals.indexOf(common));
  const touched = union(...drawn.map(({ block, base }) => shift(block.resident, base)));
  const levels = levelsOf(touched, geometry);
  const meanByLevel = counted.map(({ sum }) => sum / process.placements);
  return {
    drawn,
    rangeByLevel: [...counted, { min: 1, max: 1 }],
    tables: {
      levels,
      mean: sum(totals) / process.placements,
      min: distribution[0]?.tables ?? 0,
      max: distribution.at(-1)?.tables ?? 0,
      distribution,
      meanByLevel: [...meanByLevel, 1],
      usedBytes: sum(
        levels.map((l, i) => l.entriesUsed * (geometry.levels[i] as Level).entryBytes),
      ),
      bytes: sum(levels.map((l) => l.tables * l.tableBytes)),
    },
  };
}

/** Share of placements with each number of tables, ascending. */
function distributionOf(totals: readonly number[]): PageTables['distribution'] {
  const times = new Map<number, number>();
  for (const tables of totals) times.set(tables, (times.get(tables) ?? 0) + 1);
  return [...times]
    .map(([tables, n]) => ({ tables, share: n / totals.length }))
    .sort((a, b) => a.tables - b.tables);
}

/** Every level at one placement: its tables and their entries in use. */
export function levelsOf(touched: Runs, geometry: Geometry): TableLevel[] {
  let below = touched; // what the entries of this level refer to, counted in entries
  return geometry.levels.map((level, index): TableLevel => {
    const top = index === geometry.levels.length - 1;
    const tables = top ? [0, 1] : coarsen(below, level.entries);
    const result: TableLevel = {
      name: level.name,
      tables: Math.max(count(tables), level.always ?? 0),
      entriesUsed: count(below),
      entriesPerTable: level.entries,
      tableBytes: level.tableBytes,
    };
    below = tables;
    return result;
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
