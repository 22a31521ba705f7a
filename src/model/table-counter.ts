import type { Block, Placed } from './mapping.js';
import type { Runs } from './runs.js';

/** Counts the tables of each level at many placements of the same blocks. */
export interface TableCounter {
  /** By level, of the last placement counted: with all that may be touched, and with what surely is. */
  readonly most: readonly number[];
  readonly least: readonly number[];
  count(placed: readonly Placed[]): void;
}

/** A block's touched pages by level, without the gaps that make no difference there. */
interface Shape {
  readonly most: readonly Runs[];
  readonly least: readonly Runs[];
}

/** @param spans pages that a table of each level maps, powers of two, ascending */
export function tableCounter(spans: readonly number[]): TableCounter {
  const most = spans.map(() => 0);
  const least = spans.map(() => 0);
  const shapes = new WeakMap<Block, Shape>();
  const shapeOf = (block: Block): Shape => {
    let shape = shapes.get(block);
    if (!shape) {
      shape = shapeAt(block, spans);
      shapes.set(block, shape);
    }
    return shape;
  };
  return {
    most,
    least,
    count(placed) {
      const ascending = inOrder(placed);
      const found = ascending.map(({ block }) => shapeOf(block));
      const sure = found.every((shape) => shape.least === shape.most);
      for (let level = 0; level < spans.length; level++) {
        const span = spans[level] as number;
        most[level] = tablesAt(ascending, found, 'most', level, span);
        least[level] = sure
          ? (most[level] as number)
          : tablesAt(ascending, found, 'least', level, span);
      }
    },
  };
}

function shapeAt({ resident, residentLeast }: Block, spans: readonly number[]): Shape {
  const most = spans.map((span) => withoutGapsBelow(resident, span));
  const same =
    resident.length === residentLeast.length && resident.every((n, i) => n === residentLeast[i]);
  return { most, least: same ? most : spans.map((span) => withoutGapsBelow(residentLeast, span)) };
}

/**
 * The runs with gaps of fewer numbers closed: each table of so many pages that meets such a gap also meets
 * what lies before or behind it, wherever the runs are put.
 */
function withoutGapsBelow(runs: Runs, span: number): Runs {
  const closed: number[] = [];
  for (let i = 0; i < runs.length; i += 2) {
    const start = runs[i] as number;
    const last = closed.length - 1;
    if (last > 0 && start - (closed[last] as number) < span) closed[last] = runs[i + 1] as number;
    else closed.push(start, runs[i + 1] as number);
  }
  return closed;
}

/** Tables of one level; the blocks are in ascending order and do not overlap. */
function tablesAt(
  placed: readonly Placed[],
  shapes: readonly Shape[],
  which: keyof Shape,
  level: number,
  span: number,
): number {
  let count = 0;
  let last = -1;
  for (let p = 0; p < placed.length; p++) {
    const { base } = placed[p] as Placed;
    const runs = (shapes[p] as Shape)[which][level] as Runs;
    for (let i = 0; i < runs.length; i += 2) {
      const first = Math.floor((base + (runs[i] as number)) / span);
      const final = Math.floor((base + (runs[i + 1] as number) - 1) / span);
      if (final <= last) continue;
      count += final - Math.max(first, last + 1) + 1;
      last = final;
    }
  }
  return count;
}

function inOrder(placed: readonly Placed[]): readonly Placed[] {
  for (let i = 1; i < placed.length; i++) {
    if ((placed[i - 1] as Placed).base > (placed[i] as Placed).base) {
      return [...placed].sort((a, b) => a.base - b.base);
    }
  }
  return placed;
}
