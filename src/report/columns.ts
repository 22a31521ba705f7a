/**
 * Lines of cells as text, each column as wide as its widest cell. What `numbers` names is aligned to
 * the right.
 */
export function columns(
  lines: readonly (readonly string[])[],
  numbers: ReadonlySet<number>,
): string[] {
  const widths: number[] = [];
  for (const line of lines) {
    for (const [i, cell] of line.entries()) widths[i] = Math.max(widths[i] ?? 0, width(cell));
  }
  return lines.map((line) => {
    const cells = line.map((cell, i) => {
      const space = ' '.repeat((widths[i] ?? 0) - width(cell));
      return numbers.has(i) ? space + cell : cell + space;
    });
    return cells.join('  ').trimEnd();
  });
}

/** A line of a table, and what to write behind it, in as many lines as that takes. */
export interface Entry {
  readonly cells: readonly string[];
  readonly detail: string;
}

/** Where a detail begins that has no room behind its line. */
const INDENT = ' '.repeat(6);

/**
 * A table with details: they stand behind their lines where there is room up to `room` characters, else
 * in lines of their own below.
 */
export function layOut(
  entries: readonly Entry[],
  numbers: ReadonlySet<number>,
  room: number,
): string[] {
  const lines = columns(
    entries.map(({ cells }) => cells),
    numbers,
  );
  const margin = Math.max(...lines.map((line) => line.length)) + 2;
  return lines.flatMap((line, i) => {
    const detail = entries[i]?.detail ?? '';
    if (detail === '') return [line];
    if (margin + detail.length <= room) return [line.padEnd(margin) + detail];
    return [line, ...wrap(detail, room - INDENT.length).map((part) => INDENT + part)];
  });
}

/** Words of a text in lines of at most `room` characters, where no word is longer. */
export function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && width(line) + 1 + width(word) > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Blocks of lines as text, an empty line between them; a block without any is left out. */
export const paragraphs = (blocks: readonly (readonly string[])[]): string =>
  blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n');

/** Characters; good enough for names that are mostly ASCII. */
const width = (text: string) => [...text].length;
