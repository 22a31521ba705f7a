import * as l10n from '@vscode/l10n';
import type { MayBe } from '../model/cost-difference.js';
import { msg } from '../msg.js';

/** What stands before a difference, for what it may be in truth. */
export const markOf = (mayBe: MayBe): string => (mayBe === null ? '' : MARKS[mayBe]);

const MARKS = { more: '≥ ', less: '≤ ', either: '~ ' } as const;

/**
 * What to say once where a difference has the mark that is no bound; undefined where none has.
 * @param total the difference that has all others in it
 */
export const eitherNote = (total: { readonly mayBe: MayBe }): string | undefined =>
  total.mayBe === 'either' ? l10n.t(EITHER_NOTE) : undefined;

const EITHER_NOTE = msg(
  'On both sides something is not known. A difference marked ~ is without it, and may be more or less.',
);
