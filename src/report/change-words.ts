import * as l10n from '@vscode/l10n';
import { counted } from '../format.js';
import type { PageChange, RowDifference } from '../model/cost-difference.js';
import type { Why } from '../model/reasons.js';
import { STACK_ROW } from '../model/row-ids.js';
import { msg } from '../msg.js';
import type { RowDifferenceFacts } from './difference-report.js';

/** What changed in a row, in a few words; empty where no more can be said than how much. */
export function changeInWords({ before, after, changes, category }: RowDifferenceFacts): string {
  if (!before) return l10n.t('new');
  if (!after) return l10n.t('gone');
  if (changes.length > 0) return changes.map(pagesInWords).join(', ');
  const more = (after.pages ?? 0) - (before.pages ?? 0);
  if (category !== 'kernel') return more === 0 ? '' : moreOrFewer(more);
  return before.detail === after.detail
    ? ''
    : l10n.t('{0}, was {1}', String(after.detail), String(before.detail));
}

const pagesInWords = ({ why, pages }: PageChange): string => l10n.t(WITH[why], moreOrFewer(pages));

const moreOrFewer = (pages: number): string =>
  pages > 0
    ? counted(pages, msg('{0} page more'), msg('{0} pages more'))
    : counted(-pages, msg('{0} page fewer'), msg('{0} pages fewer'));

const WITH: Readonly<Record<Why, string>> = {
  relocation: msg('{0} with relocations'),
  dynamic: msg('{0} with .dynamic'),
  'start-up': msg('{0} written by start-up code'),
  tail: msg('{0} with a zeroed tail'),
  bss: msg('{0} of bss in use'),
  written: msg('{0} in use'),
};

/** What to say where the paths alone make a difference; undefined where they make none. */
export function pathNote(
  rows: readonly Pick<RowDifference | RowDifferenceFacts, 'id' | 'difference'>[],
  before: string,
  after: string,
): string | undefined {
  const stack = rows.some(({ id, difference }) => id === STACK_ROW && difference !== 0);
  return stack && before.length !== after.length ? l10n.t(PATH_NOTE) : undefined;
}

const PATH_NOTE = msg(
  'A process has the path of its file on the stack: one of another length is part of what differs.',
);
