import { countedPages } from '../format.js';
import { STACK_ROW } from '../model/attribution.js';
import type { PageChange, RowDifference } from '../model/cost-difference.js';
import type { Why } from '../model/reasons.js';
import type { RowDifferenceFacts } from './difference-report.js';

/** What changed in a row, in a few words; empty where no more can be said than how much. */
export function changeInWords({ before, after, changes, category }: RowDifferenceFacts): string {
  if (!before) return 'new';
  if (!after) return 'gone';
  if (changes.length > 0) return changes.map(pagesInWords).join(', ');
  const more = (after.pages ?? 0) - (before.pages ?? 0);
  if (category !== 'kernel') return more === 0 ? '' : moreOrFewer(more);
  return before.detail === after.detail ? '' : `${after.detail}, was ${before.detail}`;
}

const pagesInWords = ({ why, pages }: PageChange): string => `${moreOrFewer(pages)} ${WITH[why]}`;

const moreOrFewer = (pages: number): string =>
  `${countedPages(Math.abs(pages))} ${pages > 0 ? 'more' : 'fewer'}`;

const WITH: Readonly<Record<Why, string>> = {
  relocation: 'with relocations',
  dynamic: 'with .dynamic',
  'start-up': 'written by start-up code',
  tail: 'with a zeroed tail',
  bss: 'of bss in use',
  written: 'in use',
};

/** What to say where the paths alone make a difference; undefined where they make none. */
export function pathNote(
  rows: readonly Pick<RowDifference | RowDifferenceFacts, 'id' | 'difference'>[],
  before: string,
  after: string,
): string | undefined {
  const stack = rows.some(({ id, difference }) => id === STACK_ROW && difference !== 0);
  return stack && before.length !== after.length ? PATH_NOTE : undefined;
}

const PATH_NOTE =
  'A process has the path of its file on the stack: one of another length is part of what differs.';
