import { bytes, counted, integer } from '../../src/format.js';
import type { Saving } from '../../src/model/savings.js';
import type { WhatIf } from '../../src/model/what-if.js';
import { msg } from '../../src/msg.js';
import { totalSaving } from './what-if-list.js';

export const ORIGIN_WORDS: Readonly<
  Record<WhatIf['origin'], { readonly mark: string; readonly meaning: string }>
> = {
  'june-2003': { mark: 'June 2003', meaning: 'An idea of the discussion of June 2003' },
  today: { mark: 'today', meaning: 'Something that tools and systems of today offer' },
};

/**
 * An amount saved: "12 KiB less", "4 KiB more" where it is negative, "nothing".
 * @param atMost something is not known of what the process costs then: "at most 12 KiB less"
 */
export const savedInWords = (saved: number, atMost = false): string =>
  (atMost ? bound(saved, ['at most ', 'at best ', 'at least ']) : '') + apart(saved);

/** The same for a column: "≤ 12 KiB less". */
export const savedInBrief = (saved: number, atMost = false): string =>
  (atMost ? bound(saved, ['≤ ', '≤ ', '≥ ']) : '') + apart(saved);

function apart(saved: number): string {
  if (saved === 0) return 'nothing';
  return `${bytes(Math.abs(saved))} ${saved > 0 ? 'less' : 'more'}`;
}

/** What is saved at most, costs at least as much more. */
const bound = (
  saved: number,
  [less, none, more]: readonly [less: string, none: string, more: string],
): string => (saved > 0 ? less : saved < 0 ? more : none);

/** What one saves, as a sentence for a switch's name. */
export const savingInWords = (saving: Saving, processes: number): string =>
  `${savedInWords(saving.perProcess, saving.atMost)} per process, ` +
  `${savedInWords(totalSaving(saving, processes), saving.atMost)} for ${integer(processes)}.`;

/** "With 3 what-ifs". */
export const withWhatIfs = (chosen: number): string =>
  `With ${counted(chosen, msg('{0} what-if'), msg('{0} what-ifs'))}`;

/** The language of a text that one would rather edit than paste; undefined for a flag or a command. */
export function scriptLanguage(snippet: string): string | undefined {
  if (/\bSECTIONS\s*\{/.test(snippet)) return 'ld';
  return snippet.trim().includes('\n') ? 'shellscript' : undefined;
}
