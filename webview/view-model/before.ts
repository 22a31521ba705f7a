import * as l10n from '@vscode/l10n';
import { counted, printable } from '../../src/format.js';
import type { Cost, Region } from '../../src/model/cost.js';
import {
  count,
  intersect,
  NO_RUNS,
  type Runs,
  run,
  shift,
  subtract,
  union,
} from '../../src/model/runs.js';
import { msg } from '../../src/msg.js';
import { withoutObject } from './words.js';

/** What the process as it is has, and the one drawn has not. */
export interface Before {
  /** Regions, by ascending address. */
  readonly regions: readonly Region[];
  /** Private pages of regions that both have, at their places in the process drawn. */
  readonly pages: Runs;
}

export const NOTHING_BEFORE: Before = { regions: [], pages: NO_RUNS };

/**
 * What is gone since the process was as it is. A region is the same where its id is; its pages are
 * counted from its begin, those of a stack from its end. Pages of another size are not compared.
 */
export function goneSince(plain: Cost, cost: Cost): Before {
  const before = new Map(plain.regions.map((region) => [region.id, region]));
  const now = new Set(cost.regions.map(({ id }) => id));
  return {
    regions: plain.regions.filter(({ id }) => !now.has(id)),
    pages:
      plain.pageSize === cost.pageSize
        ? union(...cost.regions.map((region) => goneFrom(before.get(region.id), region)))
        : NO_RUNS,
  };
}

function goneFrom(before: Region | undefined, now: Region): Runs {
  if (!before) return NO_RUNS;
  const there = shift(before.private, anchor(now) - anchor(before));
  return intersect(subtract(there, now.resident), run(now.firstPage, now.pages));
}

const anchor = ({ kind, firstPage, pages }: Region): number =>
  kind === 'stack' ? firstPage + pages : firstPage;

/** Names of regions said at most. */
const MOST_NAMES = 6;

/** "2 private pages and 3 tables less than as it is. Gone: data, bss." – of the placements drawn. */
export function changeInWords(plain: Cost, cost: Cost): string {
  const tables = apart(tablesOf(plain) - tablesOf(cost), msg('{0} table'), msg('{0} tables'));
  const sentences =
    plain.pageSize === cost.pageSize
      ? [apartInWords([apartPages(plain, cost), tables])]
      : [apartInWords([tables]), l10n.t('Its pages are of another size.')];
  return [...sentences, ...goneInWords(goneSince(plain, cost).regions)].join(' ');
}

/** How far two numbers of something are apart. */
interface Apart {
  /** Negative where they are more. */
  readonly less: number;
  readonly words: string;
}

const apart = (less: number, one: string, many: string): Apart => ({
  less,
  words: counted(Math.abs(less), one, many),
});

const apartPages = (plain: Cost, cost: Cost): Apart =>
  apart(
    privatePages(plain) - privatePages(cost),
    msg('{0} private page'),
    msg('{0} private pages'),
  );

function apartInWords(all: readonly Apart[]): string {
  const fewer = listed(all.filter(({ less }) => less > 0));
  const more = listed(all.filter(({ less }) => less < 0));
  if (fewer !== '' && more !== '') {
    return l10n.t('{0} less, {1} more than as it is.', fewer, more);
  }
  if (fewer !== '') return l10n.t('{0} less than as it is.', fewer);
  if (more !== '') return l10n.t('{0} more than as it is.', more);
  return all.length > 1
    ? l10n.t('No private page and no table less than as it is.')
    : l10n.t('No table less than as it is.');
}

/** "2 private pages", "2 private pages and 3 tables"; empty for none. */
const listed = ([first, second]: readonly Apart[]): string =>
  first && second ? l10n.t('{0} and {1}', first.words, second.words) : (first?.words ?? '');

function goneInWords(regions: readonly Region[]): readonly string[] {
  if (regions.length === 0) return [];
  const names = [
    ...new Set(regions.map(({ label, object }) => printable(withoutObject(label, object)))),
  ];
  const more = names.length - MOST_NAMES;
  const said = names.slice(0, MOST_NAMES).join(', ');
  return [
    more > 0
      ? counted(more, msg('Gone: {1} and {0} other.'), msg('Gone: {1} and {0} others.'), said)
      : l10n.t('Gone: {0}.', said),
  ];
}

const privatePages = ({ regions }: Cost): number =>
  regions.reduce((sum, region) => sum + count(region.private), 0);

const tablesOf = ({ pageTables }: Cost): number =>
  pageTables.levels.reduce((sum, { tables }) => sum + tables, 0);
