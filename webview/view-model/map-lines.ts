import * as l10n from '@vscode/l10n';
import { counted, pageAddress, printable, protection } from '../../src/format.js';
import type { Cost, Region } from '../../src/model/cost.js';
import { type Runs, union } from '../../src/model/runs.js';
import { msg } from '../../src/msg.js';
import { type Before, NOTHING_BEFORE } from './before.js';
import { type CellRow, cellRow } from './cells.js';
import { intervalOf, type MapRow, mapRows, withGone } from './map-rows.js';
import { type TableBox, tableGrid } from './table-grid.js';
import {
  countPages,
  lengthInWords,
  type PageCounts,
  pagesInWords,
  withoutObject,
} from './words.js';

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
  /** "rw-"; empty for an object, whose regions differ. */
  readonly access: string;
  readonly address: string;
  readonly counts: PageCounts;
  readonly pagesInWords: string;
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
  before: Before = NOTHING_BEFORE,
): AddressMap {
  const { regions, pageTables } = cost;
  const rows = withGone(mapRows(regions, ownObject, isOpen), before.regions, ownObject);
  const grid = tableGrid(rows, regions, pageTables.levels);
  const lines = grid.rows.map(({ row, track, tracks }) => ({
    track,
    tracks,
    ...describe(row, cost.pageSize, before.pages),
  }));
  return { lines, boxes: grid.boxes };
}

const NO_CELLS: CellRow = { pagesPerCell: 1, cells: [] };

function describe(
  row: MapRow,
  pageSize: number,
  gonePages: Runs,
): Omit<MapLine, 'track' | 'tracks'> {
  const regions = row.kind === 'gap' ? [] : row.kind === 'region' ? [row.region] : row.regions;
  const counts = countPages(regions);
  const plain = {
    id: row.id,
    kind: row.kind,
    address: pageAddress(intervalOf(regions).first, pageSize),
    counts,
    pagesInWords: pagesInWords(counts),
    cells: NO_CELLS,
    open: undefined,
    nested: false,
  };
  if (row.kind === 'gap') {
    return {
      ...plain,
      name: l10n.t('{0} not mapped', lengthInWords(row.pages, pageSize)),
      access: '',
    };
  }
  if (row.kind === 'region') {
    return {
      ...plain,
      name: regionName(row.region, row.nested),
      access: protection(row.region),
      cells: cellRow(regions, pageSize, REGION_CELLS, gonePages),
      nested: row.nested,
    };
  }
  if (row.kind === 'gone') return { ...plain, ...describeGone(regions, pageSize) };
  return {
    ...plain,
    name: printable(row.object),
    access: '',
    pagesInWords: counted(
      regions.length,
      msg('{0} region, {1}'),
      msg('{0} regions, {1}'),
      plain.pagesInWords,
    ),
    cells: row.open ? NO_CELLS : cellRow(regions, pageSize, OBJECT_CELLS, gonePages),
    open: row.open,
  };
}

/** Regions that are gone, drawn with the private pages that are gone with them and nothing else. */
function describeGone(regions: readonly Region[], pageSize: number) {
  const [first, ...others] = regions as readonly [Region, ...Region[]];
  const empty = regions.map((region) => ({ ...region, resident: [], private: [] }));
  const own = union(...regions.map((region) => region.private));
  return {
    name: others.length === 0 ? regionName(first, false) : printable(first.object ?? first.label),
    access: '',
    cells: cellRow(empty, pageSize, OBJECT_CELLS, own),
  };
}

/** A region's label; with its object, where neither a heading nor the label itself says it. */
export function regionName({ label, object }: Region, nested: boolean): string {
  if (nested) return printable(withoutObject(label, object));
  const said = object === undefined || label.includes(object);
  return said ? printable(label) : `${printable(object)} ${printable(label)}`;
}
