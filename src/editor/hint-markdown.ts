import { MarkdownString } from 'vscode';
import { factLines } from '../report/fact-lines.js';
import type { Hint } from '../report/part-hint.js';

/**
 * A hint as a title and a code block. Names of the file are in the block only: no markup there.
 * @param link Markdown to stand beside the title: below, it may be out of sight
 */
export function hintMarkdown({ title, facts }: Hint, link?: string): MarkdownString {
  const text = new MarkdownString(link === undefined ? `**${title}**` : `**${title}** · ${link}`);
  return text.appendCodeblock(factLines(facts).join('\n'), 'plaintext');
}
