import type { Region } from '../../src/model/cost.js';

/** A line of the map. */
export type MapRow =
  | {
      readonly kind: 'region';
      readonly id: string;
      readonly region: Region;
      /** Whether it is under the heading of an object that was opened. */
      readonly nested: boolean;
    }
  | {
      /** The regions of one object, drawn as one while closed, a heading for them while open. */
      readonly kind: 'object';
      readonly id: string;
      readonly object: string;
      readonly regions: readonly Region[];
      readonly open: boolean;
    }
  | {
      readonly kind: 'gap';
      readonly id: string;
      readonly pages: number;
    }
  | {
      /** Regions that the process as it is has, one or all of an object. They take no addresses. */
      readonly kind: 'gone';
      readonly id: string;
      readonly regions: readonly Region[];
    };

/** The pages from `first` up to `end` that a line stands for. */
export interface PageInterval {
  readonly first: number;
  readonly end: number;
}

/**
 * The map's lines, highest address first, as a process's memory is usually drawn. Regions of one
 * object that lie together become one line; those of `alwaysOpen`, the program itself, never do.
 */
export function mapRows(
  regions: readonly Region[],
  alwaysOpen: string,
  isOpen: (id: string) => boolean,
): readonly MapRow[] {
  const rows: MapRow[] = [];
  let below: number | undefined;
  for (const group of groupByObject(regions).reverse()) {
    const interval = intervalOf(group);
    if (below !== undefined && below > interval.end) {
      rows.push({ kind: 'gap', id: `gap:${interval.end}`, pages: below - interval.end });
    }
    below = interval.first;
    rows.push(...groupRows(group, alwaysOpen, isOpen));
  }
  return rows;
}

function groupRows(
  group: readonly Region[],
  alwaysOpen: string,
  isOpen: (id: string) => boolean,
): readonly MapRow[] {
  const object = group[0]?.object;
  const single = object === undefined || object === alwaysOpen || group.length === 1;
  if (single) return regionRows(group, false);
  const id = `object:${group[0]?.id}`;
  const open = isOpen(id);
  const heading: MapRow = { kind: 'object', id, object, regions: group, open };
  return open ? [heading, ...regionRows(group, true)] : [heading];
}

/** The lines of some regions, with the gaps between them. */
function regionRows(group: readonly Region[], nested: boolean): readonly MapRow[] {
  return [...group].reverse().flatMap((region, index, descending): MapRow[] => {
    const above = descending[index - 1];
    const gap = above ? above.firstPage - (region.firstPage + region.pages) : 0;
    const row: MapRow = { kind: 'region', id: `region:${region.id}`, region, nested };
    return gap > 0 ? [{ kind: 'gap', id: `gap:${region.id}`, pages: gap }, row] : [row];
  });
}

/**
 * The lines with one for what is gone, above the first that lies lower than that did. Other regions may
 * have moved meanwhile: their order is what can be kept.
 */
export function withGone(
  rows: readonly MapRow[],
  gone: readonly Region[],
  ownObject: string,
): readonly MapRow[] {
  const all = [...rows];
  const groups = groupByObject(gone).flatMap((group) =>
    group[0]?.object === ownObject ? group.map((region) => [region]) : [group],
  );
  for (const regions of groups.reverse()) {
    const first = regions[0] as Region;
    const below = all.findIndex((row) => firstPageOf(row) < first.firstPage);
    const row: MapRow = { kind: 'gone', id: `gone:${first.id}`, regions };
    all.splice(below < 0 ? all.length : below, 0, row);
  }
  return all;
}

function firstPageOf(row: MapRow): number {
  if (row.kind === 'gap') return Number.POSITIVE_INFINITY;
  return row.kind === 'region' ? row.region.firstPage : intervalOf(row.regions).first;
}

/** Neighbours of the same object together, ascending. */
function groupByObject(regions: readonly Region[]): Region[][] {
  const groups: Region[][] = [];
  for (const region of regions) {
    const group = groups.at(-1);
    if (group && region.object !== undefined && group[0]?.object === region.object) {
      group.push(region);
    } else groups.push([region]);
  }
  return groups;
}

/** From the lowest page of some ascending regions to the page after the highest. */
export function intervalOf(regions: readonly Region[]): PageInterval {
  const last = regions.at(-1);
  return {
    first: regions[0]?.firstPage ?? 0,
    end: last ? last.firstPage + last.pages : 0,
  };
}
