/** What is pointed at in a line of code: the name of a symbol, or that of a section. */
export interface CodeWord {
  readonly kind: 'symbol' | 'section';
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Nobody points at a name in a longer line; generated ones have megabytes. */
const MAX_LINE = 10_000;

/** A section's name in quotes, as attributes have it: elsewhere in these languages a dot is no name. */
const QUOTED_SECTION = /(?<=")\.[\w.$-]+(?=")/gu;
/** Not a member: those have a dot or an arrow in front. */
const IDENTIFIER = /(?<![\p{L}\p{N}_$]|\.|->)[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** In assembler, linker scripts and maps: up to the dot of a pattern as .data.* */
const BARE_SECTION = /(?<![\w.$)])\.[A-Za-z_][\w$-]*(?:\.[\w$-]+)*/gu;
const BARE_SYMBOL = /(?<![\p{L}\p{N}_$.])[\p{L}_$][\p{L}\p{N}_$.]*/gu;

/**
 * The symbol or section at a column of a line; undefined where there is none.
 * @param quoted whether the language has section names in string literals only
 */
export function codeWordAt(line: string, column: number, quoted: boolean): CodeWord | undefined {
  if (line.length > MAX_LINE) return undefined;
  return (
    matchAt(line, column, 'section', quoted ? QUOTED_SECTION : BARE_SECTION) ??
    matchAt(line, column, 'symbol', quoted ? IDENTIFIER : BARE_SYMBOL)
  );
}

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
