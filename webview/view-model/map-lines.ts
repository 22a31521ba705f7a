import { counted, pageAddress, printable } from '../../src/format.js';
import type { Cost, Region } from '../../src/model/cost.js';
import { type CellRow, cellRow } from './cells.js';
import { intervalOf, type MapRow, mapRows } from './map-rows.js';
import { type TableBox, tableGrid } from './table-grid.js';
import { lengthInWords, pagesInWords, permissions } from './words.js';

/** Cells drawn at most for a region, and for an object whose regions are drawn as one. */
const REGION_CELLS = 64;
const OBJECT_CELLS = 32;

/** A line of the map, ready to be drawn. */
export interface MapLine {
  readonly id: string;
  readonly kind: MapRow['kind'];
  /** Grid rows, from zero. */
  readonly track: number;
  readonly tracks: number;
  readonly name: string;
  readonly permissions: string;
  readonly address: string;
  /** "33 pages, 3 private". */
  readonly pages: string;
  readonly cells: CellRow;
  /** Undefined for a line that cannot be opened. */
  readonly open: boolean | undefined;
  /** Whether it is under the heading of an object that was opened. */
  readonly nested: boolean;
}

export interface AddressMap {
  readonly lines: readonly MapLine[];
  readonly boxes: readonly TableBox[];
}

/** Everything the picture of the address space shows. */
export function addressMap(
  cost: Cost,
  ownObject: string,
  isOpen: (id: string) => boolean,
): AddressMap {
  const { regions, pageTables } = cost;
  const grid = tableGrid(mapRows(regions, ownObject, isOpen), regions, pageTables.levels);
  const lines = grid.rows.map(({ row, track, tracks }) => ({
    track,
    tracks,
    ...describe(row, cost.pageSize),
  }));
  return { lines, boxes: grid.boxes };
}

const NO_CELLS: CellRow = { pagesPerCell: 1, cells: [] };

function describe(row: MapRow, pageSize: number): Omit<MapLine, 'track' | 'tracks'> {
  const plain = { id: row.id, kind: row.kind, cells: NO_CELLS, open: undefined, nested: false };
  if (row.kind === 'gap') {
    const name = `${lengthInWords(row.pages, pageSize)} not mapped`;
    return { ...plain, name, permissions: '', address: '', pages: '' };
  }
  const regions = row.kind === 'region' ? [row.region] : row.regions;
  const closed = row.kind === 'region' || !row.open;
  return {
    ...plain,
    name: row.kind === 'region' ? regionName(row.region, row.nested) : printable(row.object),
    permissions:
      row.kind === 'region' ? permissions(row.region) : counted(regions.length, 'region'),
    address: pageAddress(intervalOf(regions).first, pageSize),
    pages: pagesInWords(regions),
    cells: closed
      ? cellRow(regions, pageSize, row.kind === 'region' ? REGION_CELLS : OBJECT_CELLS)
      : NO_CELLS,
    open: row.kind === 'object' ? row.open : undefined,
    nested: row.kind === 'region' && row.nested,
  };
}

/** A region's label; with its object, where no heading says it and the label does not either. */
function regionName(region: Region, nested: boolean): string {
  const { label, object } = region;
  const said = nested || object === undefined || label.includes(object);
  return said ? printable(label) : `${printable(object)} ${printable(label)}`;
}
