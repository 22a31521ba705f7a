import type { Geometry } from '../system/geometry.js';
import type { Cost, PageTables, Quality } from './cost.js';
import { kernelQuality, stackFigure, tableFigures } from './figures.js';
import { holdingsOf } from './holdings.js';
import { variableObjects } from './kernel-objects.js';
import { unknownRows } from './ledger.js';
import type { Block } from './mapping.js';
import { memoized } from './memoized.js';
import type { Process } from './process.js';
import { STACK_ROW } from './row-ids.js';
import { sumQuality } from './sum-quality.js';
import { meanTables, type TableCounts, tableCounts, usualTables } from './table-counts.js';
import type { Made, Subject } from './what-if.js';

/** What the rows of a cost add up to. */
export interface Sums
  extends Pick<Cost, 'system' | 'pageSize' | 'perProcess' | 'sharedOnceBytes' | 'incomplete'> {
  readonly pageTables: Pick<PageTables, 'mean'>;
  /** Of `perProcess.bytes`: that of its least sure row, or a floor where a row has no number. */
  readonly quality: Quality;
}

/**
 * The sums of a ledger of which no row is made: a ranking asks for thousands of them. The same as those of
 * `ledger`, row by row.
 */
export function sumsOf({ subject, process, counts }: Made): Sums {
  const { system } = subject;
  const { pageSize } = system.geometry;
  const blocks = process.blocks.map((block) => blockSums(block));
  const stack = blocks
    .flatMap((block) => block.stack ?? [])
    .map((charge) => stackFigure(charge, process, pageSize));
  const tables = tableFigures(counts, system.geometry);
  const privatePages = sum(blocks.map((block) => block.privatePages));
  const privateBytes = privatePages * pageSize + bytesOf(stack);
  const pageTableBytes = bytesOf(tables);
  const kernelBytes = kernelBytesOf(subject, process);
  const incomplete = unknownRows(subject).length > 0 || system.kernel.kind === 'partly-known';
  const rows = [...blocks, ...stack, ...tables, { quality: kernelQuality(system) }];
  return {
    system: system.id,
    pageSize,
    perProcess: {
      bytes: privateBytes + pageTableBytes + kernelBytes,
      privateBytes,
      pageTableBytes,
      kernelBytes,
    },
    sharedOnceBytes: sum(blocks.map((block) => block.sharedPages)) * pageSize,
    pageTables: { mean: meanTables(counts) },
    quality: incomplete ? 'floor' : sumQuality(rows),
    incomplete,
  };
}

/**
 * The tables of a process, as far as `sumsOf` asks. Where their number depends on chance it makes no
 * difference that still fewer or more may be touched, and it is not counted how many.
 */
export function tablesForSums(process: Process, geometry: Geometry): TableCounts {
  const usual = usualTables(process, geometry);
  return usual.levels.some(({ min, max }) => min < max) ? usual : tableCounts(process, geometry);
}

/** What a block adds, but for the stack's pages, whose number depends on chance. */
const blockSums = memoized((block: Block) => {
  const { charged, shared } = holdingsOf(block);
  const others = charged.filter(({ charge }) => charge.id !== STACK_ROW);
  return {
    privatePages: sum(others.map(({ pages }) => pages)),
    sharedPages: sum(shared.map(({ pages }) => pages)),
    quality: sumQuality(others.map(({ charge }) => charge)),
    stack: charged.find(({ charge }) => charge.id === STACK_ROW)?.charge,
  };
});

function kernelBytesOf({ program, system: { kernel } }: Subject, { blocks }: Process): number {
  const variable =
    kernel.kind === 'measured'
      ? variableObjects(blocks, program, kernel).map(({ object, count }) => count * object.bytes)
      : [];
  return bytesOf(kernel.fixed) + sum(variable);
}

const bytesOf = (figures: readonly { readonly bytes: number }[]): number =>
  figures.reduce((bytes, figure) => bytes + figure.bytes, 0);

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
