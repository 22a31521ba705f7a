import type { Geometry, Level } from '../system/geometry.js';
import type { PageTables, TableLevel } from './cost.js';
import type { Placed } from './mapping.js';
import { randomPlacements } from './placements.js';
import type { Process } from './process.js';
import { remembered } from './remembered.js';
import { coarsen, count, type Runs, shift, union } from './runs.js';
import { tableCounter } from './table-counter.js';

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
  const placements = process.randomised ? randomPlacements() : [undefined];
  const levels = geometry.levels.slice(0, -1);
  const always = levels.map((level) => level.always ?? 0);
  const counter = counterFor(geometry);

  const sums = levels.map(() => 0);
  const mins = levels.map(() => Number.POSITIVE_INFINITY);
  const maxs = levels.map(() => 0);
  const shares = new Map<number, number>();
  const totals: number[] = [];
  for (const draws of placements) {
    counter.count(process.place(draws));
    let total = 0;
    for (let l = 0; l < levels.length; l++) {
      const n = Math.max(counter.most[l] as number, always[l] as number);
      const least = Math.max(counter.least[l] as number, always[l] as number);
      total += n;
      sums[l] = (sums[l] as number) + n;
      maxs[l] = Math.max(maxs[l] as number, n);
      mins[l] = Math.min(mins[l] as number, least);
    }
    totals.push(total);
    shares.set(total, (shares.get(total) ?? 0) + 1 / placements.length);
  }
  const distribution = [...shares]
    .map(([tables, share]) => ({ tables, share }))
    .sort((a, b) => a.tables - b.tables);
  const common = distribution.reduce((a, b) => (b.share > a.share ? b : a)).tables;
  const drawn = process.place(placements[totals.indexOf(common)]);
  const touched = union(...drawn.map(({ block, base }) => shift(block.resident, base)));
  const meanByLevel = [...sums.map((n) => n / placements.length), 1];
  const drawnLevels = levelsOf(touched, geometry);
  return {
    drawn,
    rangeByLevel: [...mins.map((min, i) => ({ min, max: maxs[i] as number })), { min: 1, max: 1 }],
    tables: {
      levels: drawnLevels,
      mean: sum(sums) / placements.length,
      min: Math.min(...totals),
      max: Math.max(...totals),
      distribution,
      meanByLevel,
      usedBytes: sum(
        drawnLevels.map((l, i) => l.entriesUsed * (geometry.levels[i] as Level).entryBytes),
      ),
      bytes: sum(drawnLevels.map((l) => l.tables * l.tableBytes)),
    },
  };
}

/** Of all levels below the top one. */
const counterFor = remembered(({ levels, pageSize }: Geometry) =>
  tableCounter(levels.slice(0, -1).map(({ coverBits }) => 2 ** coverBits / pageSize)),
);

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
