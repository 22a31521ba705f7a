import type { Geometry } from '../system/geometry.js';
import { isAs, type Touched } from './cluster.js';
import type { PageTables } from './cost.js';
import { type Block, mostResident } from './mapping.js';
import { memoized } from './memoized.js';
import { blocksAt, type Part, type Process } from './process.js';
import { type Runs, shift, union } from './runs.js';
import { levelsOf } from './table-levels.js';

/** How many tables of one level there are over all placements. */
export interface LevelCounts {
  /** With the pages taken to be touched. */
  readonly sum: number;
  /** The most, with all that may be, and the fewest, with those that surely are. */
  readonly max: number;
  readonly min: number;
}

export interface TableCounts {
  /** From the lowest level to the one below the top. */
  readonly levels: readonly LevelCounts[];
  /** Of all these levels together, by placement. */
  readonly totals: Float64Array;
}

/** Of all levels but the top one, over all placements: as Linux's VmPTE counts. */
export function meanTables({ totals }: TableCounts): number {
  let sum = 0;
  for (let i = 0; i < totals.length; i++) sum += totals[i] as number; // without an object for each
  return sum / totals.length;
}

/** Share of placements with each number of tables, ascending. */
export function distributionOf({ totals }: TableCounts): PageTables['distribution'] {
  const times: number[] = []; // sparse
  for (const tables of totals) times[tables] = (times[tables] ?? 0) + 1;
  return Object.entries(times)
    .map(([tables, n]) => ({ tables: Number(tables), share: n / totals.length }))
    .sort((a, b) => a.tables - b.tables);
}

/** The first placement with the most frequent number of tables: the one that is drawn. */
export function commonPlacement(counts: TableCounts): number {
  const common = distributionOf(counts).reduce((a, b) => (b.share > a.share ? b : a));
  return counts.totals.indexOf(common.tables);
}

/** Counts the tables of a process in each placement. */
export function tableCounts(process: Process, geometry: Geometry): TableCounts {
  const usual = usualTables(process, geometry);
  const other = (which: 'least' | 'most') =>
    process.parts.every(({ clusters }) => clusters.every(({ touched }) => isAs(touched, which)))
      ? usual
      : counted(process, geometry, which);
  const [least, most] = [other('least'), other('most')];
  const levels = usual.levels.map(({ sum, min, max }, l) => ({
    sum,
    min: least.levels[l]?.min ?? min,
    max: most.levels[l]?.max ?? max,
  }));
  return { levels, totals: usual.totals };
}

/** The same in less time: `min` and `max`, too, are with the pages taken to be touched. */
export const usualTables = (process: Process, geometry: Geometry): TableCounts =>
  counted(process, geometry, 'usual');

/** @param which of the pages are meant, here and below */
function counted(process: Process, geometry: Geometry, which: keyof Touched): TableCounts {
  const below = geometry.levels.slice(0, -1);
  const tables =
    tablesOfParts(process, geometry, which) ?? tablesOneByOne(process, geometry, which);
  const totals = new Float64Array(process.placements);
  const levels = below.map(({ always = 0 }, l): LevelCounts => {
    let [sum, min, max] = [0, Number.POSITIVE_INFINITY, 0];
    for (let i = 0; i < totals.length; i++) {
      const count = Math.max(always, tables[i * below.length + l] as number);
      totals[i] = (totals[i] as number) + count;
      sum += count;
      if (count < min) min = count;
      if (count > max) max = count;
    }
    return { sum, min, max };
  });
  return { levels, totals };
}

/** What is touched of a part. All of it in typed arrays, or a loop over it would be compiled time and again. */
interface InUse {
  readonly bases: Float64Array;
  readonly which: Uint16Array;
  /** Runs from the part's base, of one cluster after the other, and where those of each begin. */
  readonly runs: Float64Array;
  readonly begins: Uint32Array;
}

const touchedIn = memoized(({ clusters, which, bases }: Part, extent: keyof Touched): InUse => {
  const runs = clusters.map(({ touched }) => touched[extent]);
  const begins = new Uint32Array(runs.length + 1);
  runs.forEach(({ length }, i) => {
    begins[i + 1] = (begins[i] as number) + length;
  });
  return { bases, which, runs: Float64Array.from(runs.flat()), begins };
});

/** Those that have pages in use, in the order they have in most placements. */
function inOrder(parts: readonly InUse[]): readonly InUse[] {
  const first = ({ bases, runs }: InUse) => (bases[0] as number) + (runs[0] as number);
  return parts.filter(({ runs }) => runs.length > 0).sort((a, b) => first(a) - first(b));
}

/**
 * How many tables there are of each level in each placement, placement by placement: counted by what moves
 * together, which is a few runs. Undefined where that does not do, as `addTables` tells.
 */
function tablesOfParts(
  { parts, placements }: Process,
  { levels, pageSize }: Geometry,
  which: keyof Touched,
): Int32Array | undefined {
  const lowest = levels[0]?.coverBits ?? 0;
  const shifts = Uint8Array.from(levels.slice(0, -1), ({ coverBits }) => coverBits - lowest);
  const perPage = pageSize / 2 ** lowest; // a power of two: nothing is rounded
  const tables = new Int32Array(placements * shifts.length);
  const last = new Int32Array(tables.length).fill(-1);
  const inUse = inOrder(parts.map((part) => touchedIn(part, which)));
  return inUse.every((part) => addTables(part, shifts, perPage, tables, last)) ? tables : undefined;
}

/**
 * Tables of the lowest level are numbered, and counted, in 32 bits with a sign: on most machines those of 2^52
 * bytes of address space, but one.
 */
const MAX_TABLES = 2 ** 31 - 1;

/**
 * Adds to each level's tables in each placement those that a part meets besides. A loop of plain numbers, as
 * estimates spend most of their time here.
 *
 * @param tables of each level in each placement, placement by placement, as `last`
 * @param last the last table that is counted already, -1 for none: parts come in ascending order
 * @returns false where the part begins below what is counted, or reaches beyond `MAX_TABLES`: `tables` is wrong then
 */
function addTables(
  { bases, which, runs, begins }: InUse,
  shifts: Uint8Array,
  perPage: number,
  tables: Int32Array,
  last: Int32Array,
): boolean {
  let isRight = true;
  for (let i = 0; i < bases.length; i++) {
    const base = bases[i] as number;
    const cluster = which[i] as number;
    const end = begins[cluster + 1] as number;
    for (let r = begins[cluster] as number; r < end; r += 2) {
      const first = (base + (runs[r] as number)) * perPage;
      const final = (base + (runs[r + 1] as number) - 1) * perPage;
      isRight &&= final < MAX_TABLES;
      for (let l = 0, at = i * shifts.length; l < shifts.length; l++, at++) {
        const from = first >> (shifts[l] as number);
        const to = final >> (shifts[l] as number);
        const known = last[at] as number;
        isRight &&= from >= known;
        tables[at] = (tables[at] as number) + to - from + (from === known ? 0 : 1);
        last[at] = to;
      }
    }
  }
  return isRight;
}

/** The same placement by placement, whatever lies where, and however many there are. */
function tablesOneByOne(process: Process, geometry: Geometry, which: keyof Touched): Float64Array {
  const all = Array.from({ length: process.placements }, (_, i) => {
    const placed = blocksAt(process.parts, i);
    const touched = placed.map(({ block, base }) => shift(residentIn(block, which), base));
    return levelsOf(union(...touched), geometry)
      .slice(0, -1)
      .map(({ tables }) => tables);
  });
  return Float64Array.from(all.flat());
}

function residentIn(block: Block, which: keyof Touched): Runs {
  if (which === 'most') return mostResident(block);
  return which === 'least' ? block.residentLeast : block.resident;
}
