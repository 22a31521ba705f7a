import * as l10n from '@vscode/l10n';
import { msg } from '../msg.js';
import { count, type Runs, shift, union } from './runs.js';

/** Why a page is private: something before or beside main() writes to it. */
export type Why =
  | 'relocation' // it holds a relocation target
  | 'dynamic' // it holds the first entry of .dynamic
  | 'start-up' // code of a static C library that runs before main()
  | 'tail' // the kernel zeroes it from the end of the file part on
  | 'bss' // zero-filled memory in use
  | 'written'; // anonymous memory in use

/** The pages that are private for one reason. A page may be private for several. */
export interface Reason {
  readonly why: Why;
  /** As an object is linked; of memory that is no object's, counted from its first region's first page on. */
  readonly pages: Runs;
  /** How many pages there are, where only some of them are in use. */
  readonly of: number | undefined;
}

/** Reasons of several regions as those of one row: the pages of each together, in order. */
export function mergeReasons(reasons: readonly Reason[]): readonly Reason[] {
  const merged = new Map<Why, Reason>();
  for (const reason of reasons) {
    const known = merged.get(reason.why);
    merged.set(reason.why, known ? join(known, reason) : reason);
  }
  return [...merged.values()];
}

/** Reasons of regions that are no object's, one of each: their pages are counted on from region to region. */
export function countedOn(reasons: readonly Reason[]): readonly Reason[] {
  let before = 0;
  return reasons.map((reason) => {
    const pages = shift(reason.pages, before);
    before += reason.of ?? 0;
    return { ...reason, pages };
  });
}

const join = (a: Reason, b: Reason): Reason => ({
  why: a.why,
  pages: union(a.pages, b.pages),
  of: a.of === undefined || b.of === undefined ? undefined : a.of + b.of,
});

/** "3 relocation, 1 tail", "2 of 10": how many pages for which reason, in the order given. */
export const reasonsInBrief = (reasons: readonly Reason[]): string =>
  reasons
    .map(({ why, pages, of }) =>
      of === undefined ? l10n.t(BRIEF[why], count(pages)) : l10n.t('{0} of {1}', count(pages), of),
    )
    .join(', ');

const BRIEF: Readonly<Record<Why, string>> = {
  relocation: msg('{0} relocation'),
  dynamic: msg('{0} .dynamic'),
  'start-up': msg('{0} start-up code'),
  tail: msg('{0} tail'),
  bss: msg('{0} bss'),
  written: msg('{0} written'),
};
