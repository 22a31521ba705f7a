import type { Category, Cost, Row } from './cost.js';
import type { Reason, Why } from './reasons.js';
import { PROGRAM_PREFIX, sharedRow } from './row-ids.js';
import { count } from './runs.js';

/** What two ledgers say of the same thing. */
export interface RowDifference {
  /** That of the row before, or of the row after where there is none before. */
  readonly id: string;
  readonly category: Category;
  /** Undefined where a ledger has no such row: it costs nothing there. */
  readonly before: Row | undefined;
  readonly after: Row | undefined;
  /** Bytes more than before; undefined where one of the two is not known. */
  readonly difference: number | undefined;
  /** Pages more or fewer for each reason; empty where none changed, or pages are not of one size. */
  readonly changes: readonly PageChange[];
}

export interface PageChange {
  readonly why: Why;
  /** Not 0; negative where there are fewer. */
  readonly pages: number;
}

/** Sums of what is known, in bytes. */
export interface SumDifference {
  readonly before: number;
  readonly after: number;
  readonly difference: number;
  /** Whether something on that side is not known, so that its sum is a lower bound. */
  readonly beforeIncomplete: boolean;
  readonly afterIncomplete: boolean;
  readonly mayBe: MayBe;
}

/** What a difference of sums may be in truth, where something is left out of them; null where nothing is. */
export type MayBe = 'more' | 'less' | 'either' | null;

export interface CostDifference {
  /** The biggest difference first, those not known before those that are 0; else as in the ledger. */
  readonly rows: readonly RowDifference[];
  readonly sums: Readonly<Record<Category, SumDifference>>;
  readonly perProcess: SumDifference;
}

/**
 * What makes a process of one program cost more or less than one of another: two builds of it, or one
 * with what-ifs and without. Rows are matched by id; those of the program itself also where its file
 * has another name.
 */
export function differ(before: Cost, after: Cost): CostDifference {
  const samePages = before.pageSize === after.pageSize;
  const pairs = paired(before, after).map(([a, b]) => rowDifference(a, b, samePages));
  const rows = pairs.sort((a, b) => size(b) - size(a));
  const of = (category: Category) => sumDifference(rows.filter((row) => row.category === category));
  return {
    rows,
    sums: {
      private: of('private'),
      'page-tables': of('page-tables'),
      kernel: of('kernel'),
      shared: of('shared'),
    },
    perProcess: sumDifference(rows.filter(({ category }) => category !== 'shared')),
  };
}

/** What some of the rows sum to. */
export function sumDifference(rows: readonly RowDifference[]): SumDifference {
  const sum = (side: 'before' | 'after') =>
    rows.reduce((bytes, row) => bytes + (row[side]?.bytes ?? 0), 0);
  const incomplete = (side: 'before' | 'after') => rows.some((row) => isUnknown(row[side]));
  const [beforeIncomplete, afterIncomplete] = [incomplete('before'), incomplete('after')];
  return {
    before: sum('before'),
    after: sum('after'),
    difference: sum('after') - sum('before'),
    beforeIncomplete,
    afterIncomplete,
    mayBe: mayBe(beforeIncomplete, afterIncomplete),
  };
}

/** How sure a difference of two sums is, of which each may be a lower bound. */
export function mayBe(beforeIncomplete: boolean, afterIncomplete: boolean): MayBe {
  if (beforeIncomplete && afterIncomplete) return 'either';
  if (afterIncomplete) return 'more';
  return beforeIncomplete ? 'less' : null;
}

/** What `processes` processes take together: what is shared, once, and N times the rest. */
export function totalDifference(
  { sums: { shared }, perProcess }: CostDifference,
  processes: number,
): SumDifference {
  const beforeIncomplete = shared.beforeIncomplete || perProcess.beforeIncomplete;
  const afterIncomplete = shared.afterIncomplete || perProcess.afterIncomplete;
  return {
    before: shared.before + processes * perProcess.before,
    after: shared.after + processes * perProcess.after,
    difference: shared.difference + processes * perProcess.difference,
    beforeIncomplete,
    afterIncomplete,
    mayBe: mayBe(beforeIncomplete, afterIncomplete),
  };
}

type Pair = readonly [Row | undefined, Row | undefined];

/** The rows before, in their order, each with its like; then those that only exist after. */
function paired(before: Cost, after: Cost): Pair[] {
  const rest = new Map<string, Row[]>();
  const keyAfter = keyIn(after);
  for (const row of after.rows) {
    const alike = rest.get(keyAfter(row)); // a hostile file can name a library twice
    if (alike) alike.push(row);
    else rest.set(keyAfter(row), [row]);
  }
  const keyBefore = keyIn(before);
  const pairs = before.rows.map((row): Pair => [row, rest.get(keyBefore(row))?.shift()]);
  return [...pairs, ...[...rest.values()].flat().map((row): Pair => [undefined, row])];
}

/** Ids without the name of the program's own file; what is left is no other row's id. */
function keyIn({ regions }: Cost): (row: Row) => string {
  const own = regions.find(({ id }) => id.startsWith(PROGRAM_PREFIX))?.object;
  if (own === undefined) return ({ id }) => id;
  const [shared, prefix] = [sharedRow(own), `${PROGRAM_PREFIX}${own}`];
  return ({ id }) => {
    if (id === shared) return 'shared';
    return id.startsWith(`${prefix}:`) ? id.slice(prefix.length) : id;
  };
}

function rowDifference(
  before: Row | undefined,
  after: Row | undefined,
  samePages: boolean,
): RowDifference {
  const { id, category } = (before ?? after) as Row;
  const unknown = isUnknown(before) || isUnknown(after);
  return {
    id,
    category,
    before,
    after,
    difference: unknown ? undefined : (after?.bytes ?? 0) - (before?.bytes ?? 0),
    changes: samePages ? pageChanges(before?.reasons ?? [], after?.reasons ?? []) : [],
  };
}

function pageChanges(before: readonly Reason[], after: readonly Reason[]): PageChange[] {
  const more = new Map<Why, number>();
  const add = (why: Why, pages: number) => more.set(why, (more.get(why) ?? 0) + pages);
  for (const { why, pages } of before) add(why, -count(pages));
  for (const { why, pages } of after) add(why, count(pages));
  return [...more].map(([why, pages]) => ({ why, pages })).filter(({ pages }) => pages !== 0);
}

const isUnknown = (row: Row | undefined): boolean => row !== undefined && row.bytes === undefined;

/** What is not known may be anything: it comes behind what differs for sure, by a byte or more. */
const size = ({ difference }: RowDifference): number =>
  difference === undefined ? 0.5 : Math.abs(difference);
