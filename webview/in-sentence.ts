import type { ComponentChildren } from 'preact';

/**
 * A translated sentence with elements at its places: `inSentence(l10n.t('{0} shared once'), <b>4 KiB</b>)`.
 * A place that nothing is given for stays empty.
 */
export const inSentence = (
  text: string,
  ...parts: readonly ComponentChildren[]
): readonly ComponentChildren[] =>
  // Every other piece is a number, that of a place.
  text.split(/\{(\d+)\}/).map((piece, index) => (index % 2 === 0 ? piece : parts[Number(piece)]));
