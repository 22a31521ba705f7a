/**
 * Marks a text of a table for translation. Tables are made before the language is known: their texts stay
 * English, and are translated where they are shown, by `l10n.t(text)`.
 */
export const msg = (text: string): string => text;
