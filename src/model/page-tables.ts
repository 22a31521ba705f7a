import type { Geometry, Level } from '../system/geometry.js';
import type { PageTables, TableLevel } from './cost.js';
import type { Placed } from './mapping.js';
import type { Draws, Process } from './process.js';
import { coarsen, count, type Runs, shift, union } from './runs.js';

/** Placements looked at where addresses are randomised. */
const SAMPLES = 1024;

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
  const placements = process.randomised ? evenDraws(SAMPLES) : [undefined];
  const levels = tableLevels(geometry);
  const spans = levels.map(({ level, pages }) => ({ pages, always: level.always ?? 0 }));

  const sums = levels.map(() => 0);
  const mins = levels.map(() => Number.POSITIVE_INFINITY);
  const maxs = levels.map(() => 0);
  const shares = new Map<number, number>();
  const totals: number[] = [];
  for (const draws of placements) {
    const placed = [...process.place(draws)].sort((a, b) => a.base - b.base);
    const counts = countTables(placed, 'resident', spans);
    let total = 0;
    counts.forEach((n, i) => {
      total += n;
      sums[i] = (sums[i] as number) + n;
      maxs[i] = Math.max(maxs[i] as number, n);
    });
    totals.push(total);
    shares.set(total, (shares.get(total) ?? 0) + 1 / placements.length);
    countTables(placed, 'residentLeast', spans).forEach((n, i) => {
      mins[i] = Math.min(mins[i] as number, n);
    });
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

/** All levels below the top one, with the pages one table of each maps. */
const tableLevels = (geometry: Geometry) =>
  geometry.levels
    .slice(0, -1)
    .map((level) => ({ level, pages: 2 ** level.coverBits / geometry.pageSize }));

/** Tables of each level; the blocks are in ascending order and do not overlap. */
function countTables(
  placed: readonly Placed[],
  touched: 'resident' | 'residentLeast',
  levels: readonly { pages: number; always: number }[],
): number[] {
  const counts = levels.map(() => 0);
  const last = levels.map(() => -1);
  for (const { block, base } of placed) {
    const runs = block[touched];
    for (let i = 0; i < runs.length; i += 2) {
      const start = base + (runs[i] as number);
      const end = base + (runs[i + 1] as number) - 1;
      for (let l = 0; l < levels.length; l++) {
        const { pages } = levels[l] as { pages: number };
        const first = Math.max(Math.floor(start / pages), (last[l] as number) + 1);
        const final = Math.floor(end / pages);
        if (final < first) break; // no new table here, so none above
        counts[l] = (counts[l] as number) + final - first + 1;
        last[l] = final;
      }
    }
  }
  return counts.map((n, l) => Math.max(n, (levels[l] as { always: number }).always));
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

/**
 * Points spread evenly over the unit cube of the five draws: multiples of the powers of 1/φ, with φ
 * the root of x⁶ = x + 1 (the additive recurrence that generalises the golden ratio). The error of
 * a mean falls as 1/n and not as 1/√n.
 */
function evenDraws(n: number): Draws[] {
  const PHI = 1.1347241384015194;
  const steps = [1, 2, 3, 4, 5].map((power) => PHI ** -power);
  return Array.from({ length: n }, (_, i) => {
    const at = (dimension: number) => (0.5 + (i + 1) * (steps[dimension] as number)) % 1;
    return { stack: at(0), gap: at(1), mmap: at(2), pie: at(3), heap: at(4) };
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
