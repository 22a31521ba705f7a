/** Where in a linker script a name is. */
export interface ScriptPlace {
  /** The output section whose block it is in; undefined outside of one. */
  readonly output: string | undefined;
  /** Whether it names input sections: it is in the parentheses of a pattern as `*(.data .data.*)`. */
  readonly isInput: boolean;
}

/** A region that MEMORY declares, in bytes. */
export interface MemoryRegion {
  readonly name: string;
  readonly origin: bigint;
  readonly length: bigint;
}

/** Commands that list memory, and not one part of it. */
const LAYOUT_COMMANDS = ['MEMORY', 'SECTIONS', 'PHDRS'];

/** Whether a word is a command of linker scripts that lays out all of the memory. */
export const isLayoutCommand = (word: string): boolean => LAYOUT_COMMANDS.includes(word);

/** Functions of expressions that take the name of an output section. */
const OF_OUTPUT = /\b(?:ADDR|ALIGNOF|LOADADDR|SIZEOF)\s*$/u;
/** What may be left of the output section before: its region, its place in the file, its program header. */
const TRAILERS = /^(?:\s*(?:(?:AT\s*)?>\s*[\w.$-]+|:\s*[\w.$-]+|=\s*\w+|,))+/u;

/**
 * What the text before a name says of it.
 * @param before as much of it as is to be looked at; it may begin anywhere
 */
export function scriptPlace(before: string): ScriptPlace {
  const text = withoutComments(before);
  const opened = openedBlock(text, '(', ')');
  const isInput =
    opened !== undefined && !OF_OUTPUT.test(text.slice(Math.max(0, opened - 40), opened));
  const block = openedBlock(text, '{', '}');
  return { output: block === undefined ? undefined : outputOf(text.slice(0, block)), isInput };
}

/** Where the innermost bracket was opened that is not closed; a parenthesis does not reach over a brace. */
function openedBlock(text: string, open: string, close: string): number | undefined {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text[at];
    if (character === close) depth++;
    else if (character === open && depth-- === 0) return at;
    else if (open === '(' && (character === '{' || character === '}')) return undefined;
  }
  return undefined;
}

/** The output section in front of its brace. */
function outputOf(before: string): string | undefined {
  const start = Math.max(...['{', '}', ';'].map((character) => before.lastIndexOf(character)));
  const header = before.slice(start + 1).replace(TRAILERS, '');
  return header.includes(':') ? /^\s*"?([^\s:"(]+)/u.exec(header)?.[1] : undefined;
}

/**
 * The name that a line of a linker script begins with, if it describes an output section or a region of
 * memory: what the rest of the line is about.
 */
export const describedIn = (line: string): string | undefined =>
  /^\s*([\w.$-]+)(?![\w.$-])[^:=?;{}]*:/u.exec(line)?.[1];

/**
 * The region of a name that MEMORY declares in a script, or that a map lists; undefined where there is
 * none, and where its numbers are no plain ones: expressions are not computed.
 */
export function regionNamed(name: string, text: string): MemoryRegion | undefined {
  const escaped = name.replace(/[^\w]/gu, '\\$&');
  const [, start, size] = declaredRegion(escaped, text) ?? listedRegion(escaped, text) ?? [];
  const origin = numberOf(start);
  const length = numberOf(size);
  return origin === undefined || length === undefined ? undefined : { name, origin, length };
}

function declaredRegion(name: string, script: string) {
  const text = withoutComments(script).replace(/\s+/gu, ' ');
  return new RegExp(
    `(?<![\\w.$-])${name} ?(?:\\([^()]{0,20}\\) ?)?: ?(?:ORIGIN|org|o) ?= ?(\\w+) ?,? ?(?:LENGTH|len|l) ?= ?(\\w+)(?!\\w)(?! ?[-+*/%&|<>?])`,
    'u',
  ).exec(text);
}

/** In the table that GNU ld begins its maps with: name, origin, length, attributes. */
function listedRegion(name: string, map: string) {
  const [, table = ''] = /^Memory Configuration$(.*?)^Linker script/msu.exec(map) ?? [];
  return new RegExp(`^${name} +(0x[\\da-f]+) +(0x[\\da-f]+)(?: +\\S+)?\\s*$`, 'mu').exec(table);
}

const UNITS: Readonly<Record<string, bigint>> = { '': 1n, K: 1n << 10n, M: 1n << 20n };

/** A number as GNU ld reads it: hexadecimal, octal with a zero in front or decimal; K and M multiply. */
function numberOf(text: string | undefined): bigint | undefined {
  const [, digits, unit] = /^(0x[\da-f]{1,16}|\d{1,20})([km]?)$/iu.exec(text ?? '') ?? [];
  if (digits === undefined) return undefined;
  const octal = /^0[0-7]+$/u.test(digits);
  return BigInt(octal ? `0o${digits.slice(1)}` : digits) * (UNITS[unit?.toUpperCase() ?? ''] ?? 1n);
}

/** Comments as blanks; of a text that begins inside of one, its end, too. */
const withoutComments = (text: string): string => {
  const end = text.indexOf('*/');
  const start = text.indexOf('/*');
  const whole = end >= 0 && (start < 0 || end < start) ? text.slice(end + 2) : text;
  return whole.replace(/\/\*.*?(?:\*\/|$)/gsu, ' ');
};
