import { type Geometry, pagesPerTable } from '../system/geometry.js';
import type { Cluster } from './cluster.js';
import { asOnePart, type Part, type Process } from './process.js';
import { remembered } from './remembered.js';
import type { Runs } from './runs.js';

/** How many tables of one level there are over all placements. */
export interface LevelCounts {
  /** With all pages that may be touched: the sum and the most. */
  readonly sum: number;
  readonly max: number;
  /** The fewest, with those that surely are. */
  readonly min: number;
}

export interface TableCounts {
  /** From the lowest level to the one below the top. */
  readonly levels: readonly LevelCounts[];
  /** Of all these levels together, by placement. */
  readonly totals: readonly number[];
}

/** Counts the tables of a process in each placement. */
export function tableCounts(process: Process, geometry: Geometry): TableCounts {
  const sure = process.parts.every(isSure);
  const most = extents(process, geometry, false);
  const least = sure ? most : extents(process, geometry, true);
  const totals = new Array<number>(process.placements).fill(0);
  const levels = geometry.levels.slice(0, -1).map((level, l): LevelCounts => {
    const span = 2 ** level.coverBits / geometry.pageSize;
    const counts = countTables(most, l, span, level.always ?? 0, totals);
    if (sure) return counts;
    return { ...counts, min: countTables(least, l, span, level.always ?? 0, [...totals]).min };
  });
  return { levels, totals };
}

const isSure = ({ clusters }: Part): boolean =>
  clusters.every(({ touched: { most, least } }) => most === least);

/** Where a part lies, by placement. */
interface Extent {
  /** First and last page in use. */
  readonly first: readonly number[];
  readonly last: readonly number[];
  /** By level: tables that would map nothing but pages of its gaps. Undefined where there are none. */
  readonly skipped: readonly (readonly number[] | undefined)[];
}

/** The parts that have pages in use, ascending; where they reach into each other's gaps, all as one. */
function extents(process: Process, geometry: Geometry, surely: boolean): readonly Extent[] {
  const inUse = process.parts.filter(({ clusters }) => runsOf(clusters[0], surely).length > 0);
  const ascending = inUse
    .map((part) => extentOf(part, surely, geometry))
    .sort((a, b) => (a.first[0] as number) - (b.first[0] as number));
  return ascending.every((extent, i) => i === 0 || isAbove(extent, ascending[i - 1] as Extent))
    ? ascending
    : [extentOf(asOnePart(process, pagesPerTable(geometry)), surely, geometry)];
}

const isAbove = ({ first }: Extent, { last }: Extent): boolean =>
  first.every((page, i) => page > (last[i] as number));

const runsOf = (cluster: Cluster | undefined, surely: boolean): Runs =>
  (surely ? cluster?.touched.least : cluster?.touched.most) ?? [];

/** Once for all processes that have the part. */
const extentOf = remembered(({ clusters, bases }: Part, surely: boolean, geometry: Geometry) => {
  const runs = clusters.map((cluster) => runsOf(cluster, surely));
  const runsIn = (placement: number) => runs[runs.length === 1 ? 0 : placement] as Runs;
  const first = bases.map((base, i) => base + (runsIn(i)[0] ?? 0));
  const last = bases.map((base, i) => base + (runsIn(i).at(-1) ?? 0) - 1);
  const hasGaps = runs.some(({ length }) => length > 2);
  const skipped = geometry.levels.slice(0, -1).map(({ coverBits }) => {
    if (!hasGaps) return undefined;
    const span = 2 ** coverBits / geometry.pageSize;
    const each = bases.map((base, i) => tablesInGaps(runsIn(i), base, span));
    return each.some((n) => n > 0) ? each : undefined;
  });
  return { first, last, skipped };
});

function tablesInGaps(runs: Runs, base: number, span: number): number {
  let tables = 0;
  for (let i = 2; i < runs.length; i += 2) {
    const before = Math.floor((base + (runs[i - 1] as number) - 1) / span);
    const next = Math.floor((base + (runs[i] as number)) / span);
    tables += Math.max(0, next - before - 1);
  }
  return tables;
}

/**
 * Tables of one level: those from each part's first to its last page, each once. In one loop of plain numbers,
 * which estimates spend most of their time in.
 *
 * @param totals by placement, to which these are added
 */
function countTables(
  ascending: readonly Extent[],
  level: number,
  span: number,
  always: number,
  totals: number[],
): LevelCounts {
  let [sum, min, max] = [0, Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < totals.length; i++) {
    let count = 0;
    let before = -1;
    for (let p = 0; p < ascending.length; p++) {
      const { first, last, skipped } = ascending[p] as Extent;
      const from = Math.floor((first[i] as number) / span);
      const to = Math.floor((last[i] as number) / span);
      const inGaps = skipped[level];
      count += to - from + (from === before ? 0 : 1) - (inGaps ? (inGaps[i] as number) : 0);
      before = to;
    }
    if (count < always) count = always;
    totals[i] = (totals[i] as number) + count;
    sum += count;
    if (count < min) min = count;
    if (count > max) max = count;
  }
  return { sum, min, max };
}
