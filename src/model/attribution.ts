import type { Cost, Region } from './cost.js';
import type { MeasuredProcess, MeasuredRegion } from './measurement.js';
import { HEAP_ROW, STACK_ROW } from './row-ids.js';
import { count, intersect, NO_RUNS, type Runs, shift, subtract, union } from './runs.js';

/** The loader's mappings, thread-local storage and what malloc maps: nothing in /proc tells them apart. */
export const ANONYMOUS_ROW = 'anonymous';
/** Prefix of rows for files mapped that are none of the program's objects. */
export const OTHER_FILE = 'opened:';

/** What a live process holds of one ledger row. */
export interface Share {
  readonly bytes: number;
  /** The private pages, counted from the first page of the row's object; empty where they are not known. */
  readonly pages: Runs;
}

/** Part of an object in a live process: absolute pages, and the row they belong to. */
interface Part {
  readonly start: number;
  readonly end: number;
  /** Where the object's first page is. */
  readonly first: number;
  readonly row: string;
}

/**
 * The private memory of a live process, by ledger row. Pages of an object go to the row of the estimate's
 * region that covers them, wherever the object lies now; the rest goes by what /proc calls it.
 */
export function privateByRow(cost: Cost, process: MeasuredProcess): ReadonlyMap<string, Share> {
  const parts = partsOf(cost, process);
  const shares = new Map<string, Share>();
  const add = (row: string, bytes: number, pages: Runs) => {
    if (bytes === 0) return;
    const known = shares.get(row);
    shares.set(row, {
      bytes: (known?.bytes ?? 0) + bytes,
      pages: union(known?.pages ?? NO_RUNS, pages),
    });
  };
  for (const region of process.regions) {
    const covering = parts.filter((part) => overlaps(part, region));
    if (region.private === undefined) {
      add(covering[0]?.row ?? rowByName(region), region.privateBytes, NO_RUNS);
      continue;
    }
    let rest = region.private;
    for (const { start, end, first, row } of covering) {
      const pages = intersect(rest, [start, end]);
      add(row, count(pages) * process.pageSize, shift(pages, -first));
      rest = subtract(rest, pages);
    }
    add(rowByName(region), count(rest) * process.pageSize, NO_RUNS);
  }
  return shares;
}

/** Bytes of file pages in RAM that the process shares, by object; other files are left out. */
export function sharedByObject(process: MeasuredProcess): ReadonlyMap<string, number> {
  const shared = new Map<string, number>();
  for (const { object, residentBytes, privateBytes } of process.regions) {
    if (object === undefined) continue;
    shared.set(object, (shared.get(object) ?? 0) + residentBytes - privateBytes);
  }
  return shared;
}

/** The estimate's regions of each object, moved to where the process has it. */
function partsOf(cost: Cost, process: MeasuredProcess): Part[] {
  const predicted = groupBy(cost.regions, (region) => region.object);
  const live = groupBy(process.regions, (region) => region.object);
  const parts: Part[] = [];
  for (const [object, regions] of predicted) {
    const found = live.get(object);
    if (!found) continue;
    const mapped = regions.filter(({ kind }) => kind !== 'bss'); // which has no name in /proc
    const moved = anchor(found, isCode) - anchor(mapped, (region) => region.executable);
    const first = Math.min(...regions.map((region) => region.firstPage)) + moved;
    for (const { row, firstPage, pages } of regions) {
      if (row === undefined) continue;
      const start = firstPage + moved;
      parts.push({ start, end: start + pages, first, row });
    }
  }
  return parts;
}

const isCode = ({ access }: MeasuredRegion) => access[2] === 'x';

/** First page of an object's code: a file may be mapped a second time, as data, by whoever reads it. */
const anchor = <T extends { readonly firstPage: number }>(
  regions: readonly T[],
  code: (region: T) => boolean,
): number => (regions.find(code) ?? (regions[0] as T)).firstPage;

function groupBy<T extends Region | MeasuredRegion>(
  regions: readonly T[],
  key: (region: T) => string | undefined,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const region of regions) {
    const name = key(region);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(region);
    else groups.set(name, [region]);
  }
  return groups;
}

const overlaps = (part: Part, { firstPage, pages }: MeasuredRegion): boolean =>
  part.start < firstPage + pages && firstPage < part.end;

function rowByName({ name, object }: MeasuredRegion): string {
  if (name === '[stack]') return STACK_ROW;
  if (name === '[heap]') return HEAP_ROW;
  if (object !== undefined) return `${OTHER_FILE}${object}`;
  return name.startsWith('/') ? `${OTHER_FILE}${name}` : ANONYMOUS_ROW;
}
