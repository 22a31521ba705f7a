import type { Fact } from './part-hint.js';

/** Characters to a line. VS Code makes hovers some 85 wide, and goes on with a longer line at its left edge. */
const WIDTH = 80;

/** Facts as two columns: a value that is too long for its line goes on below where it began. */
export function factLines(facts: readonly Fact[]): string[] {
  const label = Math.max(...facts.map((fact) => fact.label.length)) + 2;
  return facts.flatMap((fact) =>
    folded(fact.value, WIDTH - label).map(
      (part, i) => (i === 0 ? fact.label : '').padEnd(label) + part,
    ),
  );
}

/** Where a line may end: not before a size or what is in parentheses, which belong to the word before. */
const BREAK = / (?!\(|(?:[KMGT]i)?B\b)/u;

/** A text in parts of at most so many characters, where its spaces allow. */
function folded(text: string, width: number): string[] {
  const parts: string[] = [];
  for (const word of text.split(BREAK)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      parts[parts.length - 1] = `${last} ${word}`;
    } else parts.push(word);
  }
  return parts;
}
