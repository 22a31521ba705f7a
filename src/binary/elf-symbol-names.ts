import { type Chains, chain, chainOf, emptyChains, NONE } from './chains.js';
import { hashOfPath, hashOfPlain, readMangled, readSpelling } from './elf-symbol-spelling.js';
import { isPart, type NamePath, namePath, sameBytes, workOf } from './name-path.js';
import type { SourceWord } from './source-word.js';

/** Symbols by name: those of the same last identifier are a chain. */
export interface SymbolNames {
  /** The table of their names, which ends with NUL. */
  readonly names: Uint8Array;
  readonly path: NamePath;
  readonly chains: Chains;
  /** Whether there are mangled names. */
  mangled: boolean;
  /** What reading mangled names may still take. */
  steps: number;
}

/** Symbols to a chain: with fewer, the starts of a million chains no longer fit a processor's cache. */
const PER_CHAIN = 4;
const UNDERSCORE = 0x5f;

/** @param numbers symbols have numbers below this */
export const symbolNames = (names: Uint8Array, numbers: number): SymbolNames => ({
  names,
  path: namePath(names),
  chains: emptyChains(numbers / PER_CHAIN, numbers),
  mangled: false,
  // Mangled names take no more steps than they have bytes, unless many of them are the same bytes.
  steps: 2 * names.length,
});

/** Takes a symbol, whose number is above those before, and whose name begins at `start`. */
export function addName(all: SymbolNames, index: number, start: number) {
  const { names, path, chains } = all;
  if (names[start] === UNDERSCORE && all.steps > 0 && readMangled(path, start)) {
    chain(chains, hashOfPath(path), index);
    all.steps -= workOf(path);
    all.mangled = true;
  } else chain(chains, hashOfPlain(path, start), index);
}

/**
 * The symbols that a word may mean, those of exactly that name first, at most so many.
 * @param nameAt where the name of a symbol begins
 */
export function findNames(
  { names, path, chains }: SymbolNames,
  nameAt: (index: number) => number,
  word: SourceWord,
  most: number,
): number[] {
  const isExact = (start: number) => isName(names, start, word.whole);
  const exact = wanted(hashOfWord(word.whole), most, isExact);
  const spelled = wanted(hashOfWord(word.last), most - exact.length, (start) => {
    return isSpelled(path, start, word) && !isExact(start);
  });
  return [...exact, ...spelled];

  /** The last ones of a chain that are wanted, at most so many, in table order. */
  function wanted(hash: number, most: number, isWanted: (start: number) => boolean): number[] {
    const found: number[] = [];
    let index = chainOf(chains, hash);
    for (; index !== NONE && found.length < most; index = chains.next[index] as number) {
      if (isWanted(nameAt(index))) found.push(index);
    }
    return found.reverse(); // chains run from the last of the table to the first
  }
}

/** A word may be a linker's name, as assembler has it. */
function hashOfWord(word: Uint8Array): number {
  const bytes = new Uint8Array([...word, 0]);
  const path = namePath(bytes);
  return readMangled(path, 0) ? hashOfPath(path) : hashOfPlain(path, 0);
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
