import type { Cell, CellRow } from './cells.js';

/** Side of a cell and distance from one to the next, in CSS pixels. */
export const CELL = 10;
export const PITCH = 12;
/** The least height of anything that is there at all. */
const LEAST = 2;
/** Shared pages are drawn this much narrower on both sides, to differ in shape. */
const INSET = 1.5;

/** SVG paths, one for everything drawn alike. */
export interface CellShapes {
  readonly privateUsed: string;
  readonly privateSlack: string;
  readonly sharedUsed: string;
  readonly sharedSlack: string;
  /** Dots for cells of which no page is in RAM. */
  readonly absent: string;
  /** Outlines of cells of which the process as it is has a page, and the one drawn none. */
  readonly gone: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws cells in lines of `columns`. From the bottom of a cell up: private pages over its full
 * width, then shared pages, narrower; of each, the part with a use below and the slack above it.
 */
export function cellShapes(row: CellRow, columns: number, pageSize: number): CellShapes {
  const shapes = {
    privateUsed: '',
    privateSlack: '',
    sharedUsed: '',
    sharedSlack: '',
    absent: '',
    gone: '',
  };
  for (const [index, cell] of row.cells.entries()) {
    const x = (index % columns) * PITCH;
    const y = Math.floor(index / columns) * PITCH;
    if (cell.privatePages + cell.sharedPages === 0) {
      if (cell.gonePages > 0) shapes.gone += rectangle(x, y, CELL, CELL);
      else shapes.absent += rectangle(x + 4, y + 4, 2, 2);
      continue;
    }
    const heights = cellHeights(cell, pageSize);
    let bottom = y + CELL;
    const stack = (height: number, inset: number) => {
      if (height <= 0) return '';
      bottom -= height;
      return rectangle(x + inset, bottom, CELL - 2 * inset, height);
    };
    shapes.privateUsed += stack(heights.privateUsed, 0);
    shapes.privateSlack += stack(heights.privateSlack, 0);
    shapes.sharedUsed += stack(heights.sharedUsed, INSET);
    shapes.sharedSlack += stack(heights.sharedSlack, INSET);
  }
  const number = row.cells.length;
  return {
    ...shapes,
    width: Math.min(number, columns) * PITCH,
    height: Math.ceil(number / columns) * PITCH,
  };
}

/** Heights of a cell's four parts; what is there is never invisible, nor is slack. Use that is not counted is none. */
function cellHeights(cell: Cell, pageSize: number) {
  const { privatePages, sharedPages, pages } = cell;
  const most = CELL - (sharedPages > 0 ? LEAST : 0);
  const own = visible((CELL * privatePages) / pages, privatePages > 0, most);
  const shared = visible((CELL * sharedPages) / pages, sharedPages > 0, CELL - own);
  const privateUsed = split(own, cell.privateUsed ?? 0, privatePages * pageSize);
  const sharedUsed = split(shared, cell.sharedUsed ?? 0, sharedPages * pageSize);
  return {
    privateUsed,
    privateSlack: own - privateUsed,
    sharedUsed,
    sharedSlack: shared - sharedUsed,
  };
}

/** How much of a height its used bytes take. */
function split(height: number, used: number, all: number): number {
  if (all === 0 || used <= 0) return 0;
  if (used >= all) return height;
  const least = Math.min(LEAST, height / 2);
  return Math.min(height - least, Math.max(least, (height * used) / all));
}

const visible = (height: number, there: boolean, most: number): number =>
  there ? Math.min(most, Math.max(LEAST, height)) : 0;

const rectangle = (x: number, y: number, width: number, height: number): string =>
  `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;

const round = (n: number): number => Math.round(n * 100) / 100;
