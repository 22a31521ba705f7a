import type { Binary } from '../../src/binary/binary.js';
import type { Cost } from '../../src/model/cost.js';
import { placeOf } from '../../src/model/range-cost.js';
import type { Spot } from './map-keys.js';
import type { MapLine } from './map-lines.js';

/** Where in the map the page of a program's address is, as linked; undefined where it is in no region. */
export function spotOf(
  address: string,
  binary: Binary,
  cost: Cost,
  lines: readonly MapLine[],
): Spot | undefined {
  const place = placeOf(binary, cost, Number(BigInt(address) / BigInt(cost.pageSize)));
  const id = `region:${place?.region.id}`;
  const line = lines.find((other) => other.id === id);
  if (!place || !line) return undefined;
  const cell = line.cells.cells.findLastIndex(({ firstPage }) => firstPage <= place.page);
  return { id, cell: cell < 0 ? undefined : cell };
}
