/**
 * The identifiers that lead to what a linker's name stands for, outermost first: in `_ZN2ns1fEv`, ns
 * and f. They are read from the bytes of a name table, without making strings: there may be millions.
 */
export interface NamePath {
  readonly bytes: Uint8Array;
  /** The same and `BEYOND` more, to read several bytes at a time. */
  readonly words: DataView;
  /** Where reading is. */
  at: number;
  /** Where the name begins, behind what tells its kind. */
  start: number;
  /** How many identifiers there are. */
  count: number;
  /** Whether it is a name of Rust. */
  isRust: boolean;
  /** Where each begins and ends. Without length: a part that has no identifier, such as a lambda. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Calls that are left for this name, of functions that call themselves. */
  calls: number;
}

/** Identifiers to a path; compilers write some ten. */
const MOST_PARTS = 64;
/** Names that refer back to themselves would call for ever. */
const CALLS = 256;
/** No identifier is as long: in a name, numbers up to ten times that are read, which still are small integers. */
export const MOST_LENGTH = 1e8;
/** Digits of a number, of which the largest has 11, in base 62. */
const MOST_DIGITS = 16;

/** Bytes of a word that begins at the last byte. */
export const BEYOND = 3;

/** @param bytes the name table */
export const namePath = (bytes: Uint8Array): NamePath => ({
  bytes,
  words: wordsIn(bytes),
  at: 0,
  start: 0,
  count: 0,
  isRust: false,
  from: new Int32Array(MOST_PARTS),
  to: new Int32Array(MOST_PARTS),
  calls: CALLS,
});

/** A table that nothing follows in its buffer has to be copied. */
function wordsIn(bytes: Uint8Array): DataView {
  const { buffer, byteOffset, length } = bytes;
  if (byteOffset + length + BEYOND <= buffer.byteLength) {
    return new DataView(buffer, byteOffset, length + BEYOND);
  }
  const copy = new Uint8Array(length + BEYOND);
  copy.set(bytes);
  return new DataView(copy.buffer);
}

/** Begins to read a name. */
export function begin(path: NamePath, start: number) {
  path.start = start;
  path.at = start;
  path.count = 0;
  path.isRust = false;
  path.calls = CALLS;
}

/** How much work the name was, in steps at most. */
export const workOf = ({ at, start, calls }: NamePath): number => at - start + CALLS - calls;

/** The byte where reading is; 0, which ends a name, behind the table. */
export const byteAt = (path: NamePath): number => path.bytes[path.at] ?? 0;

/** Adds an identifier; false where there are too many of them. */
export function push(path: NamePath, from: number, to: number): boolean {
  if (path.count === MOST_PARTS) return false;
  path.from[path.count] = from;
  path.to[path.count] = to;
  path.count++;
  return true;
}

/** A part without an identifier. */
export const pushNameless = (path: NamePath): boolean => push(path, 0, 0);

/** The namespace std, which C++ names abbreviate. */
export const pushStd = (path: NamePath): boolean => push(path, STD, STD);
const STD = -1;

/** Whether a part is this identifier. */
export function isPart(path: NamePath, part: number, identifier: Uint8Array): boolean {
  const from = path.from[part] as number;
  if (from === STD) return sameBytes(STD_BYTES, 0, identifier);
  return path.to[part] === from + identifier.length && sameBytes(path.bytes, from, identifier);
}

/** A part as text; of one without an identifier, a placeholder. */
export function identifier(path: NamePath, part: number): string {
  const from = path.from[part] as number;
  if (from === STD) return 'std';
  const to = path.to[part] as number;
  return to === 0 ? '{}' : new TextDecoder().decode(path.bytes.subarray(from, to));
}

const STD_BYTES = new TextEncoder().encode('std');

/** Whether there are these bytes at a place of others. */
export function sameBytes(bytes: Uint8Array, from: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[from + i] !== wanted[i]) return false;
  return true;
}

export const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
export const isLower = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a;

/** Reads a decimal number, which 0 begins only alone; 0 where there is none; of a longer one, some part. */
export function readNumber(path: NamePath): number {
  let value = 0;
  if (byteAt(path) === 0x30) {
    path.at++;
    return value;
  }
  for (let byte = byteAt(path); isDigit(byte) && value < MOST_LENGTH; byte = byteAt(path)) {
    value = value * 10 + byte - 0x30;
    path.at++;
  }
  return value;
}

/** Steps over bytes of an identifier; false where the table ends before. */
export function skipBytes(path: NamePath, length: number): boolean {
  if (length > path.bytes.length - path.at) return false;
  path.at += length;
  return true;
}

/** Steps behind the next `_`, which ends a number in any base; false where there is none. */
export function skipToUnderscore(path: NamePath): boolean {
  const { bytes } = path;
  const end = path.at + MOST_DIGITS;
  for (let at = path.at; at <= end; at++) {
    if (bytes[at] !== UNDERSCORE) continue;
    path.at = at + 1;
    return true;
  }
  return false;
}

const UNDERSCORE = 0x5f;
