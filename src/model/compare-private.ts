import * as l10n from '@vscode/l10n';
import { ANONYMOUS_ROW, OTHER_FILE, type Share } from './attribution.js';
import { type ComparedRow, mean, unmeasured } from './comparison.js';
import type { Cost, RegionKind, Row } from './cost.js';
import { fileName } from './program.js';
import { HEAP_ROW, STACK_ROW } from './row-ids.js';
import type { RuleId } from './rules.js';
import { NO_RUNS, type Runs, shift, subtract, union } from './runs.js';

/** Regions that look the same from outside: anonymous, and without a name. */
const ALIKE: ReadonlySet<RegionKind> = new Set(['loader', 'tls', 'allocator']);

/**
 * The estimate's private rows beside what each process holds of them, and after them what was found
 * that the estimate has no row for.
 */
export function comparedPrivate(
  cost: Cost,
  processes: readonly ReadonlyMap<string, Share>[],
): ComparedRow[] {
  const rows = cost.rows.filter(({ category }) => category === 'private');
  const alike = new Set(cost.regions.filter(({ kind }) => ALIKE.has(kind)).map(({ row }) => row));
  const together = rows.filter(({ id }) => alike.has(id));
  const apart = rows.filter(({ id }) => !alike.has(id));
  const found = meanShares(processes);
  const anonymous = found.get(ANONYMOUS_ROW);
  const known = new Set([ANONYMOUS_ROW, ...rows.map(({ id }) => id)]);
  return [
    ...apart.map((row) => compareRow(row, found.get(row.id), cost)),
    ...(together.length > 0 || anonymous ? [anonymousRow(together, anonymous)] : []),
    ...[...found].filter(([id]) => !known.has(id)).map(([id, share]) => newRow(id, share, cost)),
  ];
}

function compareRow(row: Row, share: Share | undefined, cost: Cost): ComparedRow {
  if (row.bytes === undefined) return unmeasured(row);
  const { bytes, pages } = share ?? NOTHING;
  const predicted = predictedPages(cost, row.id);
  const comparable = row.object !== undefined && !COUNTED.has(row.rule) && pages.length > 0;
  return {
    ...unmeasured(row),
    measured: bytes,
    unpredicted: comparable ? subtract(pages, predicted) : NO_RUNS,
    unwritten: comparable ? subtract(predicted, pages) : NO_RUNS,
  };
}

/** Rules that say how many pages are written, and not which. */
const COUNTED: ReadonlySet<RuleId> = new Set(['bss', 'library-bss']);

const NOTHING: Share = { bytes: 0, pages: NO_RUNS };

/** Private pages that a row stands for, counted from the first page of its object. */
function predictedPages({ regions }: Cost, row: string): Runs {
  const own = regions.filter((region) => region.row === row);
  const object = own[0]?.object;
  const all = regions.filter((region) => region.object === object);
  const first = Math.min(...all.map(({ firstPage }) => firstPage));
  return shift(union(...own.map((region) => region.private)), -first);
}

function anonymousRow(rows: readonly Row[], share: Share = NOTHING): ComparedRow {
  return {
    ...surplus(ANONYMOUS_ROW, share),
    label: rows.map(({ label }) => label).join(', ') || l10n.t('Anonymous mappings'),
    predicted: rows.length > 0 ? rows.reduce((sum, row) => sum + (row.bytes ?? 0), 0) : undefined,
    quality: rows[0]?.quality,
  };
}

/** What the estimate has no row for. Of the program's own objects that means: no page. */
function newRow(id: string, share: Share, { regions }: Cost): ComparedRow {
  const object = regions.find(({ row }) => row === id)?.object;
  return { ...surplus(id, share), object, predicted: object === undefined ? undefined : 0 };
}

const surplus = (id: string, { bytes, pages }: Share): ComparedRow => ({
  id,
  category: 'private',
  label: labelOf(id),
  object: undefined,
  predicted: undefined,
  range: undefined,
  quality: undefined,
  measured: bytes,
  why: undefined,
  unpredicted: pages,
  unwritten: NO_RUNS,
});

/** Rows of objects are called ROLE:NAME:PART. */
function labelOf(id: string): string {
  if (id === HEAP_ROW) return l10n.t('Heap');
  if (id === STACK_ROW) return l10n.t('Stack');
  if (id.startsWith(OTHER_FILE)) return fileName(id.slice(OTHER_FILE.length));
  const [, name, part] = /^[^:]*:(.*):([^:]*)$/s.exec(id) ?? [];
  if (name === undefined) return id;
  return part === 'data' ? l10n.t('{0}: data', name) : `${name}: ${part}`;
}

/** Mean bytes of each row over the processes, with the pages of the first. */
function meanShares(processes: readonly ReadonlyMap<string, Share>[]): ReadonlyMap<string, Share> {
  const rows = new Set(processes.flatMap((shares) => [...shares.keys()]));
  const meanOf = (row: string): Share => ({
    bytes: mean(processes.map((shares) => shares.get(row)?.bytes ?? 0)),
    pages: processes[0]?.get(row)?.pages ?? NO_RUNS,
  });
  return new Map([...rows].map((row) => [row, meanOf(row)]));
}
