import { dropRustHash, readItaniumPath } from './itanium-path.js';
import { begin, isDigit, isLower, type NamePath, push, sameBytes } from './name-path.js';
import { readRustPath } from './rust-path.js';

const UNDERSCORE = 0x5f;
const DOT = 0x2e;
const AT = 0x40;
const Z = 0x5a;
const R = 0x52;

/** Bytes of a name that are looked at where it is not mangled: a million names may be the same 64 KiB. */
const HASHED = 256;
/** Likewise parts of a name with dots. */
const PARTS = 16;

/**
 * How source text spells what the name at `start` of a table stands for, as a path: of a mangled name
 * that of its language; of another the name, without what compilers add where they make copies of it, and
 * in parts where Go and Zig put a dot between package and name.
 */
export function readSpelling(path: NamePath, start: number) {
  if (readMangled(path, start)) return;
  const { bytes } = path;
  for (let from = start, part = 1; ; part++) {
    let at = from;
    while (at < from + HASHED && !isStop(bytes[at] as number)) at++;
    if (at > from) push(path, from, at);
    if (part === PARTS || !isInside(bytes, at)) return;
    from = at + 1;
  }
}

/** Reads the path of a mangled name; false of another, and of one that no identifier ends. */
export function readMangled(path: NamePath, start: number): boolean {
  begin(path, start);
  const { bytes } = path;
  if (bytes[start] !== UNDERSCORE) return false;
  // Some formats put one more in front of every name.
  const kindAt = start + (bytes[start + 1] === UNDERSCORE ? 2 : 1);
  const kind = bytes[kindAt];
  if (kind !== Z && kind !== R) return false;
  begin(path, kindAt + 1);
  path.isRust = kind === R;
  const understood = kind === R ? readRustPath(path) : readItaniumPath(path);
  if (understood && !path.isRust) dropRustHash(path);
  if (understood && (path.to[path.count - 1] as number) > 0) return true;
  path.count = 0;
  return false;
}

/** A hash of a mangled name's last identifier, which was read. */
export function hashOfPath({ words, from: starts, to: ends, count }: NamePath): number {
  const from = starts[count - 1] as number;
  const end = Math.min(ends[count - 1] as number, from + HASHED);
  let value = SEED;
  let at = from;
  for (; at + WORD <= end; at += WORD) value = step(value, words.getInt32(at, true));
  return step(value, firstOf(words.getInt32(at, true), end - at));
}

/** The same of the last identifier of a name that is not mangled. */
export function hashOfPlain({ bytes, words }: NamePath, start: number): number {
  for (let from = start, part = 1; ; part++) {
    const end = from + HASHED;
    let value = SEED;
    let at = from;
    let word = 0;
    let stops = 0;
    // Four bytes at a time: one by one takes three times as long.
    for (; at < end; at += WORD) {
      word = words.getInt32(at, true);
      stops = stopsIn(word);
      if (stops !== 0) break;
      value = step(value, word);
    }
    const rest = stops === 0 ? 0 : firstIn(stops);
    at += rest;
    if (bytes[at] !== DOT || part === PARTS || !isInside(bytes, at)) {
      return step(value, firstOf(word, rest));
    }
    from = at + 1;
  }
}

const WORD = 4;

/** FNV-1a, of four bytes at a time. The lower bits choose the chain. */
const SEED = 0x811c9dc5 | 0;
const step = (value: number, word: number): number => {
  const next = Math.imul(value ^ word, 0x01000193);
  return next ^ (next >>> 15); // what is in the upper bytes of a word would not reach the lower bits
};

/** Of a word, so many of its first bytes, fewer than all. */
const firstOf = (word: number, bytes: number): number => word & ((1 << (8 * bytes)) - 1);

/** What ends an identifier: NUL, a dot, or the version that a linker adds. */
const isStop = (byte: number): boolean => byte === 0 || byte === DOT || byte === AT;

/**
 * Bits of a word, the lowest of which is in the first byte that ends an identifier; none where no byte does. A byte
 * of zero is one that taking 1 away makes negative, and that was not before. One expression: this is half of an index.
 */
function stopsIn(word: number): number {
  const dot = word ^ 0x2e2e2e2e;
  const at = word ^ 0x40404040;
  const nul = (word - 0x01010101) & ~word;
  return (nul | ((dot - 0x01010101) & ~dot) | ((at - 0x01010101) & ~at)) & 0x80808080;
}

/** Which byte the lowest of these bits is in. */
const firstIn = (bits: number): number => (31 - Math.clz32(bits & -bits)) >> 3;

/** Whether a dot stands between two identifiers, and not before what a compiler has added. */
function isInside(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== DOT) return false;
  const next = bytes[at + 1] ?? 0;
  if (isStop(next) || isDigit(next)) return false;
  return !isLower(next) || ADDED.every((word) => !sameBytes(bytes, at + 1, word));
}

/** GCC's copies of functions and those of whole-program optimisation; LLVM's of the latter. */
const ADDED = ['lto_priv', 'llvm', 'constprop', 'isra', 'part', 'cold', 'localalias'].map((word) =>
  new TextEncoder().encode(word),
);
