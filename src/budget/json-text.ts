import * as l10n from '@vscode/l10n';
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { printable } from '../format.js';
import { msg } from '../msg.js';

/** A part of a text, lines and columns counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What is wrong with a file that people wrote, or with what it asks for. */
export interface Problem {
  readonly file: string;
  /** As in "budgets[0].files"; undefined of the file as a whole. */
  readonly field: string | undefined;
  readonly place: Place | undefined;
  readonly message: string;
}

/** A value of a JSON document that knows where it is. What is wrong with it is added to the problems. */
export interface Json {
  readonly field: string;
  readonly place: Place;
  /** Itself, if it is a string, number, boolean or null; undefined of objects and lists. */
  readonly value: unknown;
  /** Adds a problem of this value. */
  wrong(message: string): undefined;
  /** The fields of an object that may have these and no others; undefined where it is none. */
  fields<K extends string>(known: readonly K[]): ReadonlyMap<K, Json> | undefined;
  /** The items of a list; undefined where it is none. */
  items(): readonly Json[] | undefined;
}

/** Budgets are written by people: more than this is something else. */
export const MAX_JSON = 1 << 20;
/** More problems than these nobody reads at once. */
const MOST_PROBLEMS = 100;

/** Reads a JSON document; undefined where it is none. Never throws on what is in it. */
export function readJson(text: string, file: string, problems: Problem[]): Json | undefined {
  const lines = lineStarts(text);
  const wrongAt = (offset: number, length: number, field: string | undefined, message: string) => {
    if (problems.length < MOST_PROBLEMS) {
      problems.push({ file, field, place: placeOf(lines, offset, length), message });
    }
    return undefined;
  };
  const errors: ParseError[] = [];
  const root = treeOf(text, errors);
  const [error] = errors;
  if (error) {
    const why = ERRORS[printParseErrorCode(error.error)] ?? ANY_ERROR;
    return wrongAt(error.offset, error.length, undefined, l10n.t(why));
  }
  if (!root) return wrongAt(0, 0, undefined, l10n.t('This is not JSON: it is nested too deeply.'));

  const json = (node: Node, field: string): Json => {
    const wrong = (message: string) => wrongAt(node.offset, node.length, field, message);
    return {
      field,
      get place() {
        return placeOf(lines, node.offset, node.length);
      },
      value: node.value,
      wrong,
      items: () =>
        node.type === 'array'
          ? (node.children ?? []).map((child, i) => json(child, `${field}[${i}]`))
          : wrong(l10n.t('This has to be a list.')),
      fields<K extends string>(known: readonly K[]) {
        if (node.type !== 'object') return wrong(l10n.t('This has to be an object, { … }.'));
        const found = new Map<K, Json>();
        for (const { children = [] } of node.children ?? []) {
          if (problems.length === MOST_PROBLEMS) break;
          const [key, value] = children;
          if (!key || !value) continue;
          const name = known.find((one) => one === key.value);
          const at = field === '' ? printable(key.value) : `${field}.${printable(key.value)}`;
          const problem = !name
            ? l10n.t('There is no such field. There are {0}.', known.join(', '))
            : found.has(name) && l10n.t('This field is there twice.');
          if (problem) wrongAt(key.offset, key.length, at, problem);
          else if (name) found.set(name, json(value, at));
        }
        return found;
      },
    };
  };
  return json(root, '');
}

/** Undefined where the nesting is deeper than the stack. */
function treeOf(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { disallowComments: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    errors.length = 0;
    return undefined;
  }
}

const ANY_ERROR = msg('This is not JSON: something cannot be read.');

const ERRORS: Readonly<Partial<Record<ReturnType<typeof printParseErrorCode>, string>>> = {
  InvalidSymbol: msg('This is not JSON: this word means nothing there.'),
  InvalidNumberFormat: msg('This is not JSON: this is no number as JSON has them.'),
  PropertyNameExpected: msg('This is not JSON: a name in double quotes is missing.'),
  ValueExpected: msg('This is not JSON: a value is missing.'),
  ColonExpected: msg('This is not JSON: a colon is missing.'),
  CommaExpected: msg('This is not JSON: a comma is missing.'),
  CloseBraceExpected: msg('This is not JSON: a closing brace } is missing.'),
  CloseBracketExpected: msg('This is not JSON: a closing bracket ] is missing.'),
  EndOfFileExpected: msg('This is not JSON: it goes on after its end.'),
  InvalidCommentToken: msg('This is not JSON: it has no comments.'),
  UnexpectedEndOfComment: msg('This is not JSON: it has no comments.'),
  UnexpectedEndOfString: msg('This is not JSON: a string does not end.'),
  UnexpectedEndOfNumber: msg('This is not JSON: a number does not end.'),
  InvalidUnicode: msg('This is not JSON: a string has a \\u without four hex digits.'),
  InvalidEscapeCharacter: msg(
    'This is not JSON: a string has a \\ before a character that needs none.',
  ),
  InvalidCharacter: msg('This is not JSON: a string has a control character.'),
};

/** Offsets at which the lines begin. */
const lineStarts = (text: string): readonly number[] => [
  0,
  ...[...text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length),
];

function placeOf(lines: readonly number[], offset: number, length: number): Place {
  const start = positionOf(lines, offset);
  const end = positionOf(lines, offset + length);
  return { ...start, endLine: end.line, endColumn: end.column };
}

function positionOf(lines: readonly number[], offset: number): Pick<Place, 'line' | 'column'> {
  let line = 1;
  let after = lines.length + 1; // the line is from `line` to before `after`
  while (after - line > 1) {
    const middle = (line + after) >> 1;
    if ((lines[middle - 1] as number) <= offset) line = middle;
    else after = middle;
  }
  return { line, column: offset - (lines[line - 1] as number) + 1 };
}
