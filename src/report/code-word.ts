/** What is pointed at in a line of code: the name of a symbol, or that of a section. */
export interface CodeWord {
  readonly kind: 'symbol' | 'section';
  /** With the path in front of it, as C++ and Rust write it: `ns::counter`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Characters on either side that are looked at: generated lines have megabytes. */
const WINDOW = 4096;

/**
 * A section's name in quotes: after the word by which attributes of C, Rust and Zig ask for one, or with a
 * dot, which in these languages begins no other name.
 */
const QUOTED_SECTION = /(?<=section[\s(=]*")[^"\s]+(?=")|(?<=")\.[\w.$-]+(?=")/gu;
/** Not a member: those have a dot or an arrow in front. */
const IDENTIFIER = /(?<![\p{L}\p{N}_$]|\.|->)[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** In assembler, linker scripts and maps: after a directive, or up to the dot of a pattern as .data.* */
const BARE_SECTION =
  /(?=[\w.$-])(?<=\.(?:push)?section\s+"?)[\w.$-]+|(?<![\w.$)])\.[A-Za-z_][\w$-]*(?:\.[\w$-]+)*/gu;
/** What names of C++ and Rust may have in front; longer ones are cut. */
const PATH = /(?<![\p{L}\p{N}_$])(?:[\p{L}_$][\p{L}\p{N}_$]*::)+$/u;
const LONGEST_PATH = 200;
const BARE_SYMBOL = /(?<![\p{L}\p{N}_$.])[\p{L}_$][\p{L}\p{N}_$.]*/gu;

/**
 * The symbol or section at a column of a line of any length; undefined where there is none, or where its
 * name is too long to be told from its neighbourhood.
 * @param quoted whether the language has section names in string literals only
 */
export function codeWordAt(line: string, column: number, quoted: boolean): CodeWord | undefined {
  const from = Math.max(0, column - WINDOW);
  const text = line.slice(from, column + WINDOW);
  const word =
    matchAt(text, column - from, 'section', quoted ? QUOTED_SECTION : BARE_SECTION) ??
    matchAt(text, column - from, 'symbol', quoted ? IDENTIFIER : BARE_SYMBOL);
  if (!word) return undefined;
  const isCut =
    (word.start === 0 && from > 0) ||
    (word.end === text.length && from + text.length < line.length);
  if (isCut) return undefined;
  const { kind, start, end } = word;
  const path = kind === 'symbol' && quoted ? pathBefore(text, start) : '';
  return { kind, name: path + word.name, start: start + from, end: end + from };
}

const pathBefore = (text: string, start: number): string =>
  PATH.exec(text.slice(Math.max(0, start - LONGEST_PATH), start))?.[0] ?? '';

function matchAt(
  line: string,
  column: number,
  kind: CodeWord['kind'],
  pattern: RegExp,
): CodeWord | undefined {
  for (const { 0: name, index } of line.matchAll(pattern)) {
    const end = index + name.length;
    if (index <= column && column <= end) return { kind, name, start: index, end };
  }
  return undefined;
}
