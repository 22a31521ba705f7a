import assert from 'node:assert/strict';
import { commands, type Hover, type MarkdownString, type TextDocument } from 'vscode';
import { until } from './host.js';

/** What hovers say at the last character of a text's first occurrence. */
export async function hoversOn(document: TextDocument, where: string): Promise<MarkdownString[]> {
  const offset = document.getText().indexOf(where);
  assert(offset >= 0, `${where} is not in the text.`);
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.positionAt(offset + where.length - 1),
  );
  return hovers.flatMap(({ contents }) => contents as MarkdownString[]);
}

/** Waits for a hover, for the estimate opens while this goes on. */
export const hoverOn = (document: TextDocument, where: string): Promise<MarkdownString> =>
  until(`a hover on ${where}`, async () => {
    const [first, ...others] = await hoversOn(document, where);
    assert.equal(others.length, 0);
    return first;
  });

/** What its link gives to the command. */
export function linkIn(text: string): { readonly command: string; readonly given: unknown[] } {
  const [, command, query] = /\(command:([\w.]+)\?([^)]+)\)\n/.exec(text) ?? [];
  assert(command && query, text);
  return { command, given: JSON.parse(decodeURIComponent(query)) };
}
