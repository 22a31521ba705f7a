/** A word of source text that may name a symbol, in bytes. */
export interface SourceWord {
  /** As it is. */
  readonly whole: Uint8Array;
  /** Its last identifier. */
  readonly last: Uint8Array;
  /** Those before it, which say where it is. */
  readonly qualifiers: readonly Uint8Array[];
}

/** Longer ones are in no source text; a name in a table may be longer. */
const LONGEST = 64 << 10;
/** What says where to begin to look, and is no name. */
const RELATIVE = ['', 'crate', 'self', 'super', 'Self'];

/** Takes a word as C++ or Rust writes it apart: `ns::Klass<int>::counter`. */
export function sourceWord(word: string): SourceWord {
  const utf8 = new TextEncoder();
  const spelled = word.slice(0, LONGEST);
  const parts = withoutArguments(spelled).split('::');
  const last = parts.pop() ?? '';
  return {
    whole: utf8.encode(spelled),
    last: utf8.encode(last),
    qualifiers: parts.filter((part) => !RELATIVE.includes(part)).map((part) => utf8.encode(part)),
  };
}

/** Template arguments are no part of the path. */
function withoutArguments(word: string): string {
  let depth = 0;
  let rest = '';
  for (const character of word.includes('<') ? word : '') {
    if (character === '<') depth++;
    if (depth === 0) rest += character;
    if (character === '>' && depth > 0) depth--;
  }
  return word.includes('<') ? rest : word;
}
