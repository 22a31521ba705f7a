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

/** Characters; good enough for names that are mostly ASCII. */
const width = (text: string) => [...text].length;
