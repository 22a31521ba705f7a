import * as l10n from '@vscode/l10n';
import type { Category, Cost, Quality, Row } from '../../src/model/cost.js';
import { sumQuality } from '../../src/model/sum-quality.js';
import { msg } from '../../src/msg.js';

/** More rows than this in a category, and those of one object are closed up to one. */
export const ROWS_AT_A_GLANCE = 14;

/** Some rows and their sum. */
export interface Sum {
  readonly pages: number | undefined;
  readonly bytes: number;
  /** The weakest of the rows'. */
  readonly quality: Quality;
  /** True where a row is unknown: the sum is then a lower bound. */
  readonly incomplete: boolean;
}

/** The rows of one object in one category; rows about no object stand alone. */
export interface RowGroup {
  readonly id: string;
  readonly object: string | undefined;
  readonly rows: readonly Row[];
  readonly sum: Sum;
}

export interface LedgerSection {
  readonly category: Category;
  readonly title: string;
  readonly groups: readonly RowGroup[];
  readonly sum: Sum;
}

export const CATEGORIES: readonly { readonly category: Category; readonly title: string }[] = [
  { category: 'private', title: msg('Private pages') },
  { category: 'page-tables', title: msg('Page tables') },
  { category: 'kernel', title: msg('Kernel objects') },
  { category: 'shared', title: msg('Shared, once for all processes') },
];

/** The ledger's sections; a category without rows is left out. Objects stay in the model's order. */
export const ledgerSections = (cost: Cost): readonly LedgerSection[] =>
  CATEGORIES.map(({ category, title }) => {
    const rows = cost.rows.filter((row) => row.category === category);
    return { category, title: l10n.t(title), groups: groupRows(category, rows), sum: sumOf(rows) };
  }).filter((section) => section.groups.length > 0);

const groupRows = (category: Category, rows: readonly Row[]): readonly RowGroup[] =>
  groupByObject(rows).map((group) => ({
    ...group,
    id: `${category}/${group.key}`,
    sum: sumOf(group.rows),
  }));

/** Rows by the object they are about, each in order of its first; those about none stand alone. */
export function groupByObject<T extends Pick<Row, 'id' | 'object'>>(
  rows: readonly T[],
): readonly {
  readonly key: string;
  readonly object: string | undefined;
  readonly rows: readonly T[];
}[] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    // A row about no object is its own group; ids of rows cannot pass for names of objects.
    const key = row.object === undefined ? `row:${row.id}` : `object:${row.object}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].map(([key, members]) => ({
    key,
    object: members[0]?.object,
    rows: members,
  }));
}

/** The sum of some rows. Pages are left out where a row has none: kernel objects are not pages. */
export function sumOf(rows: readonly Row[]): Sum {
  const known = rows.filter((row) => row.bytes !== undefined);
  const whole = known.every((row) => row.pages !== undefined);
  return {
    pages: whole ? known.reduce((sum, row) => sum + (row.pages ?? 0), 0) : undefined,
    bytes: known.reduce((sum, row) => sum + (row.bytes ?? 0), 0),
    quality: sumQuality(rows),
    incomplete: known.length < rows.length,
  };
}
