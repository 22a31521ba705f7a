/** Writes over the last line of the terminal, if there is one: nothing is left of it where the text is empty. */
export function showLine(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}
