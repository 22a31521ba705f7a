import * as l10n from '@vscode/l10n';
import { figuresIn } from './format.js';

/** A language to speak to people in. */
export interface Language {
  /** As BCP 47 names it: "de". */
  readonly id: string;
  /** Its texts by the English ones. One that is not there is said in English. */
  readonly texts: Readonly<Record<string, string>>;
}

export const ENGLISH: Language = { id: 'en', texts: {} };

/** Speaks a language from here on: before the first text is made. Otherwise, as in the command, English. */
export function speak({ id, texts }: Language): void {
  l10n.config({ contents: texts });
  figuresIn(id);
}
