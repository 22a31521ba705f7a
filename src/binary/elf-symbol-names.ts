import { hashOfPath, hashOfPlain, readMangled, readSpelling } from './elf-symbol-spelling.js';
import { isPart, type NamePath, namePath, sameBytes, workOf } from './name-path.js';
import type { SourceWord } from './source-word.js';

/** Symbols by name: those of the same last identifier are a chain. */
export interface SymbolNames {
  /** Takes a symbol, whose number is above those before. */
  add(index: number): void;
  /** Whether there are mangled names. */
  isMangled(): boolean;
  /** The symbols that a word may mean, those of exactly that name first, at most so many. */
  lookup(word: SourceWord, most: number): number[];
}

/** Symbols to a chain: with fewer, the starts of a million chains no longer fit a processor's cache. */
const PER_CHAIN = 4;
const NONE = 0xffffffff;
const UNDERSCORE = 0x5f;

/**
 * @param names the table of their names, which ends with NUL
 * @param nameAt where in it the name of a symbol begins
 * @param numbers symbols have numbers below this
 */
export function nameChains(
  names: Uint8Array,
  nameAt: (index: number) => number,
  numbers: number,
): SymbolNames {
  const path = namePath(names);
  const heads = new Uint32Array(2 ** Math.ceil(Math.log2(numbers / PER_CHAIN + 1))).fill(NONE);
  const next = new Uint32Array(numbers);
  const mask = heads.length - 1;
  // Mangled names take no more steps than they have bytes, unless many of them are the same bytes.
  let steps = 2 * names.length;
  let mangled = false;
  return {
    add(index) {
      const start = nameAt(index);
      let bucket: number;
      if (names[start] === UNDERSCORE && steps > 0 && readMangled(path, start)) {
        bucket = hashOfPath(path) & mask;
        steps -= workOf(path);
        mangled = true;
      } else bucket = hashOfPlain(names, start) & mask;
      next[index] = heads[bucket] as number;
      heads[bucket] = index;
    },
    isMangled: () => mangled,
    lookup(word, most) {
      const isExact = (start: number) => isName(names, start, word.whole);
      const exact = chain(hashOfWord(word.whole), most, isExact);
      const spelled = chain(hashOfWord(word.last), most - exact.length, (start) => {
        return isSpelled(path, start, word) && !isExact(start);
      });
      return [...exact, ...spelled];
    },
  };

  /** The last ones of a chain that are wanted, at most so many, in table order. */
  function chain(hash: number, most: number, isWanted: (start: number) => boolean): number[] {
    const found: number[] = [];
    let index = heads[hash & mask] as number;
    for (; index !== NONE && found.length < most; index = next[index] as number) {
      if (isWanted(nameAt(index))) found.push(index);
    }
    return found.reverse(); // chains run from the last of the table to the first
  }
}

/** A word may be a linker's name, as assembler has it. */
function hashOfWord(word: Uint8Array): number {
  const bytes = new Uint8Array([...word, 0]);
  const path = namePath(bytes);
  return readMangled(path, 0) ? hashOfPath(path) : hashOfPlain(bytes, 0);
}

/** Whether the string that begins at a place of the names, and ends there with NUL, is `name`. */
const isName = (names: Uint8Array, start: number, name: Uint8Array): boolean =>
  names[start + name.length] === 0 && sameBytes(names, start, name);

/** Whether source text may mean the symbol of a name, which must end in the table, by a word. */
function isSpelled(path: NamePath, start: number, { last, qualifiers }: SourceWord): boolean {
  readSpelling(path, start);
  let part = path.count - 1;
  if (part < 0 || !isPart(path, part, last)) return false;
  // What is the library's own is not meant by a word alone.
  if (qualifiers.length === 0) return !isOfLibrary(path);
  for (const qualifier of qualifiers.toReversed()) {
    do part--;
    while (part >= 0 && isUnspelled(path, part));
    if (part < 0 || !isPart(path, part, qualifier)) return false;
  }
  return true;
}

function isOfLibrary(path: NamePath): boolean {
  const of = path.isRust ? RUST_LIBRARY : CPP_LIBRARY;
  return path.count > 1 && of.some((name) => isPart(path, 0, name));
}

/** What a path in the source does not have: a lambda, or the namespace without a name. */
const isUnspelled = (path: NamePath, part: number): boolean =>
  path.to[part] === 0 || isPart(path, part, ANONYMOUS);

const utf8 = new TextEncoder();
const CPP_LIBRARY = ['std', '__gnu_cxx'].map((name) => utf8.encode(name));
const RUST_LIBRARY = ['std', 'core', 'alloc'].map((name) => utf8.encode(name));
const ANONYMOUS = utf8.encode('_GLOBAL__N_1');
