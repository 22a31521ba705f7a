import * as l10n from '@vscode/l10n';
import { bytes, counted, integer } from '../../src/format.js';
import type { Saving } from '../../src/model/savings.js';
import type { WhatIf } from '../../src/model/what-if.js';
import { WHAT_IFS } from '../../src/model/what-ifs.js';
import { msg } from '../../src/msg.js';
import { totalSaving } from './what-if-list.js';

export const ORIGIN_WORDS: Readonly<
  Record<WhatIf['origin'], { readonly mark: string; readonly meaning: string }>
> = {
  'june-2003': { mark: msg('June 2003'), meaning: msg('An idea of the discussion of June 2003') },
  today: { mark: msg('today'), meaning: msg('Something that tools and systems of today offer') },
};

/**
 * An amount saved: "12 KiB less", "4 KiB more" where it is negative, "nothing".
 * @param atMost something is not known of what the process costs then: "at most 12 KiB less"
 */
export function savedInWords(saved: number, atMost = false): string {
  if (!atMost) return apart(saved);
  if (saved === 0) return l10n.t('at best nothing');
  // What is saved at most, costs at least as much more.
  return saved > 0
    ? l10n.t('at most {0} less', bytes(saved))
    : l10n.t('at least {0} more', bytes(-saved));
}

/** The same for a column: "≤ 12 KiB less". */
export const savedInBrief = (saved: number, atMost = false): string =>
  (atMost ? (saved < 0 ? '≥ ' : '≤ ') : '') + apart(saved);

function apart(saved: number): string {
  if (saved === 0) return l10n.t('nothing');
  return saved > 0 ? l10n.t('{0} less', bytes(saved)) : l10n.t('{0} more', bytes(-saved));
}

/** What one saves, as a sentence for a switch's name. */
export const savingInWords = (saving: Saving, processes: number): string =>
  l10n.t(
    '{0} per process, {1} for {2}.',
    savedInWords(saving.perProcess, saving.atMost),
    savedInWords(totalSaving(saving, processes), saving.atMost),
    integer(processes),
  );

/** "With 3 what-ifs". */
export const withWhatIfs = (chosen: number): string =>
  counted(chosen, msg('With {0} what-if'), msg('With {0} what-ifs'));

/** What one is called, by its id. */
export function whatIfTitle(id: string): string {
  const known = WHAT_IFS.find((whatIf) => whatIf.id === id);
  return known ? l10n.t(known.title) : id;
}

/** The language of a text that one would rather edit than paste; undefined for a flag or a command. */
export function scriptLanguage(snippet: string): string | undefined {
  if (/\bSECTIONS\s*\{/.test(snippet)) return 'ld';
  return snippet.trim().includes('\n') ? 'shellscript' : undefined;
}
