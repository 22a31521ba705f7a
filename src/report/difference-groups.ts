import * as l10n from '@vscode/l10n';
import type { Category } from '../model/cost.js';

/** Rows that are written out of a group, before all are asked for. */
export const MOST_ROWS = 12;

/** Rows that are paid for in the same way; `rest` are those that are not written out. */
export interface DifferenceGroup<R> {
  readonly id: 'process' | 'shared';
  readonly title: string;
  readonly rows: readonly R[];
  readonly rest: readonly R[];
}

interface Differing {
  readonly category: Category;
  /** 0 where the row is the same; neither null nor undefined is. */
  readonly difference: number | null | undefined;
}

/** The rows that differ, or may, in their order; a group without any is left out. */
export const differenceGroups = <R extends Differing>(
  rows: readonly R[],
): readonly DifferenceGroup<R>[] =>
  (
    [
      { id: 'process', title: l10n.t('In one more process') },
      { id: 'shared', title: l10n.t('Shared once') },
    ] as const
  )
    .map(({ id, title }) => {
      const own = rows.filter(({ category }) => (category === 'shared') === (id === 'shared'));
      const differing = own.filter(({ difference }) => difference !== 0).slice(0, MOST_ROWS);
      return { id, title, rows: differing, rest: own.slice(differing.length) };
    })
    .filter((group) => group.rows.length > 0);
