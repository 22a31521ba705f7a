import { ENGLISH, type Language } from '../src/language.js';

/** Of the element that the extension host writes the language's texts into. */
const TEXTS = 'texts';

/** The language of the page that the panel is in; English where the page brings no texts along. */
export function languageOfPage(): Language {
  const texts = document.getElementById(TEXTS)?.textContent;
  return texts ? { id: document.documentElement.lang, texts: JSON.parse(texts) } : ENGLISH;
}
