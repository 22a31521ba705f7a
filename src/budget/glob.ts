/**
 * Whether a path matches a pattern, both relative and with `/` between names: `*` is any part of a
 * name, `?` a character of it, `**` any number of folders. Every other character is itself. Takes
 * time in proportion to the product of the two lengths at most, whatever is in them.
 */
export const matchesGlob = (pattern: string, path: string): boolean =>
  matchesSequence(pattern.split('/'), path.split('/'), (part) => part === '**', matchesName);

const matchesName = (pattern: string, name: string): boolean =>
  matchesSequence(
    [...pattern],
    [...name],
    (character) => character === '*',
    (character, other) => character === '?' || character === other,
  );

/**
 * Whether the items match the pattern, in which stars stand for any number of items. Only the last
 * star is ever widened: what an earlier one could take more, the last can as well.
 */
function matchesSequence<T>(
  pattern: readonly T[],
  items: readonly T[],
  isStar: (part: T) => boolean,
  matches: (part: T, item: T) => boolean,
): boolean {
  let at = 0;
  let star: { readonly after: number; taken: number } | undefined;
  for (let item = 0; item < items.length; ) {
    const part = pattern[at];
    if (part !== undefined && isStar(part)) {
      at++;
      star = { after: at, taken: item };
    } else if (part !== undefined && matches(part, items[item] as T)) {
      at++;
      item++;
    } else if (star) {
      at = star.after;
      item = ++star.taken;
    } else return false;
  }
  return pattern.slice(at).every(isStar);
}

/** Where to look for what matches a pattern. */
export interface Search {
  /** The folders that the pattern begins with, before anything that could vary; "" for none. */
  readonly folder: string;
  /** Levels of folders below that one that a match can lie in; infinite with a `**`. */
  readonly depth: number;
}

export function searchOf(pattern: string): Search {
  const parts = pattern.split('/');
  const varying = parts.slice(0, -1).findIndex((part) => /[*?]/.test(part));
  const fixed = varying < 0 ? parts.length - 1 : varying;
  return {
    folder: parts.slice(0, fixed).join('/'),
    depth: parts.includes('**') ? Number.POSITIVE_INFINITY : parts.length - 1 - fixed,
  };
}
