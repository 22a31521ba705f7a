/** Characters of a line that are looked at, and names that are taken of it. */
const LONGEST = 400;
const MOST_NAMES = 8;

/** What the definition of a variable begins with: at the start of the line, or with `static`. */
const START = /^(?:[\p{L}_$}[]|\s+(?:pub(?:\([\w ]*\))?\s+)?static\b)/u;
/** Lines that begin like one and define none. */
const NO_DEFINITION =
  /^(?:typedef|using|import|package|return|goto|case|default)\b|^extern\b[^=]*$/u;
const TOKEN =
  /"(?:[^"\\]|\\.)*"|\/[/*]|[\p{L}_$][\p{L}\p{N}_$]*(?:::[\p{L}_$][\p{L}\p{N}_$]*)*|\S/gu;
const IS_NAME = /^[\p{L}_$]/u;
/** In assembler: a label, or what reserves common memory. */
const LABEL = /^([\w.$]+):|^\s*\.l?comm\s+([\w.$]+)/u;

/**
 * Names in a line of code that may be of variables it defines, types and keywords among them: which ones
 * are variables is for a symbol table to say.
 * @param quoted whether it is a language that has the names of sections in string literals, and no assembler
 */
export function definedNames(line: string, quoted: boolean): readonly string[] {
  const text = line.slice(0, LONGEST);
  if (!quoted)
    return (
      LABEL.exec(text)
        ?.slice(1)
        .filter((name) => name !== undefined) ?? []
    );
  if (!START.test(text) || NO_DEFINITION.test(text)) return [];
  const names: string[] = [];
  let depth = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '(' || token === '[') depth++;
    else if (token === ')' || token === ']') depth--;
    else if (depth > 0) continue;
    else if (IS_NAME.test(token)) names.push(token);
    // What follows is a value, a body or a comment.
    else if (names.length > 0 && ['=', '{', ';', '//', '/*'].includes(token)) break;
    if (names.length === MOST_NAMES) break;
  }
  return names;
}
