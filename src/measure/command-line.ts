import * as l10n from '@vscode/l10n';
import { printable } from '../format.js';

/** Arguments, or why the text is none. */
export type SplitArguments =
  | { readonly ok: true; readonly args: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** A quoted part, a backslash with what it takes, blanks between arguments, or plain text. */
const TOKEN = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|(\s+)|([^\s'"\\]+)/gsy;

/**
 * Splits what a user typed into arguments, as a shell would: at blanks, with 'quotes', "quotes" and
 * backslashes (POSIX shell, "Quoting"). Nothing is expanded: `*`, `~`, `$x` and `|` stand for themselves.
 */
export function splitArguments(text: string): SplitArguments {
  const args: string[] = [];
  let current: string | undefined;
  let read = 0;
  for (const [token, single, double, escaped, blank, plain] of text.matchAll(TOKEN)) {
    read += token.length;
    if (blank === undefined) {
      current = (current ?? '') + (single ?? escaped ?? plain ?? unescaped(double as string));
    } else {
      if (current !== undefined) args.push(current);
      current = undefined;
    }
  }
  if (read < text.length) return { ok: false, message: unfinished(text.slice(read)) };
  if (current !== undefined) args.push(current);
  return { ok: true, args };
}

/** Between double quotes a backslash means something only before these. */
const unescaped = (text: string) => text.replace(/\\(["\\$`])/g, '$1');

const unfinished = (rest: string) =>
  rest.startsWith('\\')
    ? l10n.t('The backslash at the end has nothing to stand before.')
    : l10n.t('The quote {0} is not closed.', rest.charAt(0));

/** No character in these means anything to a shell. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/**
 * An argument as a shell would have to be given it, so that it can be told where it begins and ends,
 * and every character of it: what cannot be seen is written as in the shells' $'…'.
 */
export function quoteArgument(arg: string): string {
  if (PLAIN.test(arg)) return arg;
  const characters = [...arg];
  if (characters.every(isVisible)) return `'${arg.replaceAll("'", "'\\''")}'`;
  return `$'${characters.map(escapeCharacter).join('')}'`;
}

/** A command with its arguments, each quoted. */
export const quoteCommand = (command: readonly string[]): string =>
  command.map(quoteArgument).join(' ');

const isVisible = (character: string) => printable(character) === character;

function escapeCharacter(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  if (isVisible(character)) return character;
  return `\\U${(character.codePointAt(0) as number).toString(16).padStart(8, '0')}`;
}
