const lines = [];

/** Prints a line, and keeps it for docs/accuracy.md. */
export function print(line = '') {
  lines.push(line);
  console.log(line);
}

/** All lines so far. */
export const report = () => lines.join('\n');

/** A table in Markdown; cells are text. */
export function table(head, rows) {
  print(`| ${head.join(' | ')} |`);
  print(`|${head.map(() => '---|').join('')}`);
  for (const row of rows) print(`| ${row.join(' | ')} |`);
}

export const fixed = (n) => n.toFixed(2);

export const signed = (n) => (Math.abs(n) < 0.005 ? '0' : `${n > 0 ? '+' : ''}${n.toFixed(2)}`);

/** How far `n` is from `reference`. */
export function percent(n, reference, digits = 0) {
  const value = (100 * (n / reference - 1)).toFixed(digits);
  return `${Number(value) > 0 ? '+' : ''}${Number(value) === 0 ? '0' : value} %`;
}
