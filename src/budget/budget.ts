import type { Place } from './json-text.js';

/** What a budget can limit; the fields are called so. */
export const LIMIT_KINDS = [
  'perProcessBytes',
  'privatePages',
  'tablePages',
  'growthBytes',
] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** The budgets of a folder, as a budget file or the setting has them. */
export interface Budgets {
  /** What they were read from, for people. */
  readonly source: string;
  readonly budgets: readonly Budget[];
  /** Path of the baseline from the folder of the budgets; it stays in that. */
  readonly baseline: string;
}

/** What the programs that some patterns name may cost at start-up, on the system each is made for. */
export interface Budget {
  readonly files: readonly Glob[];
  readonly limits: readonly Limit[];
  /** Whether addresses are randomised. */
  readonly aslr: boolean;
}

/** Where something is written: its field, as in "budgets[0].files", and where that is in the text. */
export interface Written {
  readonly field: string;
  readonly place: Place;
}

/** A pattern of `matchesGlob`, from the folder of the budgets. */
export interface Glob extends Written {
  readonly pattern: string;
}

export interface Limit extends Written {
  readonly kind: LimitKind;
  /** Whole bytes or pages, by the kind. */
  readonly most: number;
}

/** Where budgets are looked for if nothing else is said, and the baseline they grow from. */
export const BUDGET_FILE = '.pagecost.json';
export const BASELINE_FILE = '.pagecost-baseline.json';
