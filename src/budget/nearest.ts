/** The one of some names that takes the fewest edits to get from what was written. */
export const nearest = (written: string, names: readonly string[]): string | undefined =>
  names
    .map((name) => ({ name, edits: edits(written.slice(0, LONGEST), name) }))
    .sort((a, b) => a.edits - b.edits)[0]?.name;

/** Enough to tell our names apart; what was written may be of any length. */
const LONGEST = 64;

/** Levenshtein distance: characters to insert, remove or replace. Case counts for nothing. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, character] of [...from.toLowerCase()].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to.toLowerCase()].entries()) {
      const replaced = (row[j] as number) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] as number) + 1, (next[j] as number) + 1));
    }
    row = next;
  }
  return row.at(-1) as number;
}
