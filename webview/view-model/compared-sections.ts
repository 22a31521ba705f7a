import type { ComparedRow, Comparison } from '../../src/model/comparison.js';
import type { Category } from '../../src/model/cost.js';
import { agrees } from '../../src/model/difference.js';
import { CATEGORIES, groupByObject } from './ledger-groups.js';

/** Amounts side by side, in bytes; undefined where one is not known, or could not be measured. */
export interface SideBySide {
  readonly predicted: number | undefined;
  readonly measured: number | undefined;
}

export type Agreement = 'agrees' | 'differs' | 'not-measured';

/** The compared rows of one object; rows about no object stand alone. */
export interface ComparedGroup extends SideBySide {
  readonly id: string;
  readonly object: string | undefined;
  readonly rows: readonly ComparedRow[];
  /** Whether all of its rows do that were measured. */
  readonly agreement: Agreement;
}

export interface ComparedSection {
  readonly category: Category;
  readonly title: string;
  readonly groups: readonly ComparedGroup[];
  /** Of what can be measured; undefined where too little of it can. */
  readonly sum: SideBySide | undefined;
}

/** A comparison in the ledger's order; a category without rows is left out. */
export const comparedSections = (
  { rows, sums }: Comparison,
  pageSize: number,
): readonly ComparedSection[] =>
  CATEGORIES.map(({ category, title }) => ({
    category,
    title,
    groups: groupByObject(rows.filter((row) => row.category === category)).map((group) => ({
      id: `compared/${category}/${group.key}`,
      object: group.object,
      rows: group.rows,
      predicted: sumOfKnown(group.rows.map(({ predicted }) => predicted)),
      measured: sumOfKnown(group.rows.map(({ measured }) => measured)),
      agreement: together(group.rows.map((row) => agreementOf(row, pageSize))),
    })),
    sum: sums.find((sum) => sum.category === category),
  })).filter(({ groups }) => groups.length > 0);

/** Whether a row was found as predicted: less than a page apart, or inside the predicted range. */
export function agreementOf(row: ComparedRow, pageSize: number): Agreement {
  if (row.measured === undefined) return 'not-measured';
  return agrees(row, pageSize) ? 'agrees' : 'differs';
}

function together(rows: readonly Agreement[]): Agreement {
  if (rows.includes('differs')) return 'differs';
  return rows.includes('agrees') ? 'agrees' : 'not-measured';
}

function sumOfKnown(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter((amount) => amount !== undefined);
  return known.length > 0 ? known.reduce((sum, amount) => sum + amount, 0) : undefined;
}

/** Bytes of the page tables that the pages found in RAM need; undefined where not all were seen. */
export const tablesNeeded = ({ rows }: Comparison): number | undefined =>
  sumOfKnown(rows.filter((row) => row.category === 'page-tables').map((row) => row.measured));
