import { env, l10n } from 'vscode';
import { ENGLISH, type Language } from '../language.js';

/** VS Code's display language; English where Pagecost has no texts in it. */
export const displayLanguage = (): Language =>
  l10n.bundle ? { id: env.language, texts: l10n.bundle } : ENGLISH;
