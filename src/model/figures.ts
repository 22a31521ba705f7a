import type { Geometry } from '../system/geometry.js';
import type { System } from '../system/system.js';
import type { Quality, Row } from './cost.js';
import type { Charge } from './mapping.js';
import type { Process } from './process.js';
import type { TableCounts } from './table-counts.js';

/** The number in a row of the ledger, without the words beside it. */
export type Figure = Pick<Row, 'range' | 'quality'> & { readonly bytes: number };

/** What is charged to the stack: how many pages that is depends on chance. */
export function stackFigure(
  { quality }: Charge,
  { stackPages: { mean, min, max } }: Process,
  pageSize: number,
): Figure {
  const bytes = Math.round(mean * pageSize);
  return min < max
    ? { bytes, range: { min: min * pageSize, max: max * pageSize }, quality: 'range' }
    : { bytes, range: undefined, quality };
}

/** The tables of each level, from the lowest to the top one, of which there is one. */
export function tableFigures({ levels, totals }: TableCounts, geometry: Geometry): Figure[] {
  return geometry.levels.map(({ tableBytes }, i): Figure => {
    const { sum, min, max } = levels[i] ?? { sum: totals.length, min: 1, max: 1 };
    const bytes = Math.round((sum / totals.length) * tableBytes);
    return min < max
      ? { bytes, range: { min: min * tableBytes, max: max * tableBytes }, quality: 'range' }
      : { bytes, range: undefined, quality: 'exact' };
  });
}

/** Pages are wired in whole numbers; what a slab allocator really takes can only be measured. */
export const kernelQuality = ({ kernel }: System): Quality =>
  kernel.kind === 'partly-known' ? 'exact' : 'measured';
