import { MarkdownString } from 'vscode';
import type { Hint } from '../report/part-hint.js';

/** A hint as a title and a code block. Names of the file are in the block only: no markup there. */
export function hintMarkdown({ title, facts }: Hint): MarkdownString {
  const width = Math.max(...facts.map(({ label }) => label.length));
  const lines = facts.map(({ label, value }) => `${label.padEnd(width)}  ${value}`);
  const text = new MarkdownString(`**${title}**`);
  return text.appendCodeblock(lines.join('\n'), 'plaintext');
}
