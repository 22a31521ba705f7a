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

/**
 * Waits for a hover, for the estimate opens while this goes on.
 * @param binary the file it has to be of, where it was another's before
 */
export const hoverOn = (
  document: TextDocument,
  where: string,
  binary?: string,
): Promise<MarkdownString> =>
  until(`a hover on ${where}${binary ? ` of ${binary}` : ''}`, async () => {
    const [first, ...others] = await hoversOn(document, where);
    assert.equal(others.length, 0);
    const isOfIt = binary === undefined || first?.value.includes(` ${binary}\n`);
    return isOfIt ? first : undefined;
  });

/** What its link gives to the command. */
export function linkIn(text: string): { readonly command: string; readonly given: unknown[] } {
  const [, command, query] = /\(command:([\w.]+)\?([^)]+)\)\n/.exec(text) ?? [];
  assert(command && query, text);
  return { command, given: JSON.parse(decodeURIComponent(query)) };
}
