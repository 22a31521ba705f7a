import type { Geometry } from '../system/geometry.js';
import type { TableLevel } from './cost.js';
import { coarsen, count, type Runs } from './runs.js';

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
