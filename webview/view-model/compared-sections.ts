import * as l10n from '@vscode/l10n';
import type { ComparedRow, Comparison } from '../../src/model/comparison.js';
import type { Category } from '../../src/model/cost.js';
import { agrees } from '../../src/model/why-different.js';
import { CATEGORIES, groupByObject, ROWS_AT_A_GLANCE } from './ledger-groups.js';

/** Amounts side by side, in bytes; undefined where one is not known, or could not be measured. */
export interface SideBySide {
  readonly predicted: number | undefined;
  readonly measured: number | undefined;
}

/** Found as predicted, which is less than a page apart; inside the range predicted; or neither. */
export type Agreement = 'agrees' | 'in-range' | 'differs' | 'not-measured';

/** The compared rows of one object; rows about no object stand alone. */
export interface ComparedGroup extends SideBySide {
  readonly id: string;
  readonly object: string | undefined;
  readonly rows: readonly ComparedRow[];
  /** The worst of its rows that were measured. */
  readonly agreement: Agreement;
}

/** Groups that are closed up to one line. */
export interface Folded extends SideBySide {
  readonly id: string;
  readonly groups: readonly ComparedGroup[];
  readonly agreement: Agreement;
}

export interface ComparedSection {
  readonly category: Category;
  readonly title: string;
  readonly groups: readonly ComparedGroup[];
  /** Groups that agree, where there are many groups: one looks for the others. */
  readonly agreeing: Folded | undefined;
  /** Of what can be measured; undefined where too little of it can. */
  readonly sum: SideBySide | undefined;
  /** The worst of its groups. */
  readonly agreement: Agreement;
}

/** A comparison in the ledger's order; a category without rows is left out. */
export const comparedSections = (
  { rows, sums }: Comparison,
  pageSize: number,
): readonly ComparedSection[] =>
  CATEGORIES.map(({ category, title }) => {
    const own = rows.filter((row) => row.category === category);
    const groups = groupByObject(own).map((group) => ({
      ...sumOf(group.rows),
      id: `compared/${category}/${group.key}`,
      object: group.object,
      rows: group.rows,
      agreement: worst(group.rows.map((row) => agreementOf(row, pageSize))),
    }));
    const agreeing = groups.length > ROWS_AT_A_GLANCE ? groups.filter(isCalm) : [];
    return {
      category,
      title: l10n.t(title),
      groups: groups.filter((group) => !agreeing.includes(group)),
      agreeing: agreeing.length > 0 ? folded(category, agreeing) : undefined,
      sum: sums.find((sum) => sum.category === category),
      agreement: worst(groups.map(({ agreement }) => agreement)),
    };
  }).filter(({ groups, agreeing }) => groups.length > 0 || agreeing);

const folded = (category: Category, groups: readonly ComparedGroup[]): Folded => ({
  ...sumOf(groups),
  id: `compared/${category}`,
  groups,
  agreement: worst(groups.map(({ agreement }) => agreement)),
});

/** How what was found of a row stands to what was predicted. */
export function agreementOf(row: ComparedRow, pageSize: number): Agreement {
  if (row.measured === undefined) return 'not-measured';
  if (!agrees(row, pageSize)) return 'differs';
  return agrees({ ...row, range: undefined }, pageSize) ? 'agrees' : 'in-range';
}

const isCalm = ({ agreement }: ComparedGroup) => agreement === 'agrees' || agreement === 'in-range';

const worst = (rows: readonly Agreement[]): Agreement =>
  (['differs', 'in-range', 'agrees'] as const).find((one) => rows.includes(one)) ?? 'not-measured';

const sumOf = (amounts: readonly SideBySide[]): SideBySide => ({
  predicted: sumOfKnown(amounts.map(({ predicted }) => predicted)),
  measured: sumOfKnown(amounts.map(({ measured }) => measured)),
});

function sumOfKnown(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter((amount) => amount !== undefined);
  return known.length > 0 ? known.reduce((sum, amount) => sum + amount, 0) : undefined;
}

/** Bytes of the page tables that the pages found in RAM need; undefined where not all were seen. */
export const tablesNeeded = ({ rows }: Comparison): number | undefined =>
  sumOfKnown(rows.filter((row) => row.category === 'page-tables').map((row) => row.measured));
