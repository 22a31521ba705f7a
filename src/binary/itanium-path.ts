import {
  byteAt,
  isDigit,
  isLower,
  MOST_LENGTH,
  type NamePath,
  push,
  pushNameless,
  pushStd,
  readNumber,
  skipBytes,
  skipToUnderscore,
} from './name-path.js';

/**
 * Reads the identifiers of a C++ name, with `at` behind its `_Z`, as far as they are needed to find it: the
 * types of parameters are not looked at. False where there are none, as of operators and tables, or where
 * this does not follow (Itanium C++ ABI 5.1, Mangling).
 */
export function readItaniumPath(path: NamePath): boolean {
  return readName(path) && path.count > 0;
}

/** `_ZN3foo3bar17h0123456789abcdefE`: Rust's older names end with a hash, which is no part of them. */
export function dropRustHash(path: NamePath) {
  const last = path.count - 1;
  const from = path.from[last] as number;
  if (last === 0 || path.to[last] !== from + 17 || path.bytes[from] !== LOWER_H) return;
  for (let at = from + 1; at < from + 17; at++) {
    const byte = path.bytes[at] as number;
    if (!isDigit(byte) && !(byte >= LOWER_A && byte <= LOWER_F)) return;
  }
  path.isRust = true;
  path.count--;
}

// Letters of the grammar, as numbers: names are read by the million.
const A = 0x41;
const B = 0x42;
const C = 0x43;
const D = 0x44;
const E = 0x45;
const I = 0x49;
const K = 0x4b;
const L = 0x4c;
const M = 0x4d;
const N = 0x4e;
const O = 0x4f;
const R = 0x52;
const S = 0x53;
const T = 0x54;
const U = 0x55;
const V = 0x56;
const Z = 0x5a;
const UNDERSCORE = 0x5f;
const LOWER_A = 0x61;
const LOWER_C = 0x63;
const LOWER_D = 0x64;
const LOWER_F = 0x66;
const LOWER_H = 0x68;
const LOWER_L = 0x6c;
const LOWER_R = 0x72;
const LOWER_T = 0x74;
const LOWER_V = 0x76;
const LOWER_W = 0x77;

function readName(path: NamePath): boolean {
  if (path.calls-- <= 0) return false;
  const byte = byteAt(path);
  if (byte === N) return readNested(path);
  if (byte === Z) return readLocal(path);
  if (byte === S && !readStd(path)) return false;
  if (byteAt(path) === L) path.at++;
  return readSource(path);
}

/** Z, what a function is, E, and what is in it; of a function, the types of its parameters as well. */
function readLocal(path: NamePath): boolean {
  path.at++;
  if (!readName(path) || !skipGroup(path)) return false;
  if (byteAt(path) === LOWER_D) {
    path.at++;
    if (!skipToUnderscore(path)) return false;
  }
  return readName(path);
}

function readNested(path: NamePath): boolean {
  const { bytes } = path;
  let at = path.at + 1;
  while (isQualifier(bytes[at] as number)) at++;
  // Identifiers are most of it: no calls for these.
  for (;;) {
    const byte = bytes[at] as number;
    if (isDigit(byte)) {
      let length = 0;
      for (; isDigit(bytes[at] as number) && length < MOST_LENGTH; at++) {
        length = length * 10 + (bytes[at] as number) - 0x30;
      }
      path.at = at;
      if (length > bytes.length - at || !push(path, at, at + length)) return false;
      at += length;
      continue;
    }
    path.at = at;
    if (byte === E) return skipBytes(path, 1);
    if (!readPart(path, byte)) return false;
    at = path.at;
  }
}

/** Of a member function: r, V, K, and R or O. */
const isQualifier = (byte: number): boolean =>
  byte === K || byte === V || byte === R || byte === O || byte === LOWER_R;

function readPart(path: NamePath, byte: number): boolean {
  if (byte === I) return skipBytes(path, 1) && skipGroup(path);
  if (byte === S) return readStd(path) || skipSubstitution(path);
  const next = path.bytes[++path.at] ?? 0;
  if (byte === L || byte === M) return true;
  if (byte === T) return skipToUnderscore(path);
  if (byte === B) return skipSource(path);
  if (byte === C || byte === D) return readStructor(path, next);
  if (byte === U) return readUnnamed(path, next);
  return isLower(byte) && readOperator(path, byte, next);
}

/** A constructor or destructor is called as its class. */
function readStructor(path: NamePath, kind: number): boolean {
  if (!isDigit(kind) || path.count === 0) return false;
  path.at++;
  return push(path, path.from[path.count - 1] as number, path.to[path.count - 1] as number);
}

/** Ut, of a type without a name; Ul with the types of its parameters, of a lambda. */
function readUnnamed(path: NamePath, kind: number): boolean {
  path.at++;
  const known = kind === LOWER_T || (kind === LOWER_L && skipGroup(path));
  return known && skipToUnderscore(path) && pushNameless(path);
}

/** Two letters; behind those of a conversion is a type, and nothing but the end follows. */
function readOperator(path: NamePath, first: number, second: number): boolean {
  path.at++;
  if (first !== LOWER_C || second !== LOWER_V) return pushNameless(path);
  if (!skipGroup(path)) return false;
  path.at--;
  return pushNameless(path);
}

/** `St`, the namespace std, which the name does not spell. */
function readStd(path: NamePath): boolean {
  if (path.bytes[path.at + 1] !== LOWER_T) return false;
  path.at += 2;
  return pushStd(path);
}

function readSource(path: NamePath): boolean {
  if (!isDigit(byteAt(path))) return false;
  const length = readNumber(path);
  const from = path.at;
  return length > 0 && skipBytes(path, length) && push(path, from, path.at);
}

function skipSource(path: NamePath): boolean {
  return skipBytes(path, readNumber(path));
}

/** `S_`, `S1A_`; or `Sa`, `Ss` and others of the standard library. */
function skipSubstitution(path: NamePath): boolean {
  path.at++;
  if (!isLower(byteAt(path))) return skipToUnderscore(path);
  path.at++;
  return true;
}

/** Steps behind the E that ends what has begun, over arguments and types, by their brackets alone. */
function skipGroup(path: NamePath): boolean {
  const { bytes } = path;
  let at = path.at;
  for (let depth = 1; depth > 0; ) {
    const byte = bytes[at] as number;
    const change = DEPTH[byte] as number;
    if (change < OTHER) {
      depth += change;
      at++;
    } else if (isDigit(byte)) {
      let length = 0;
      for (; isDigit(bytes[at] as number) && length < MOST_LENGTH; at++) {
        length = length * 10 + (bytes[at] as number) - 0x30;
      }
      path.at = at;
      if (length > bytes.length - at) return false;
      at += length;
    } else {
      path.at = at;
      if (byte === D) depth += skipD(path);
      else if (!skipOther(path, byte)) return false;
      at = path.at;
    }
  }
  path.at = at;
  return true;
}

/** What a letter does to the depth, if it is all of what it is: pointers and builtin types, for one. */
const OTHER = 2;
const DEPTH = new Int8Array(256).fill(OTHER);
for (const letter of 'PRMKVOCGabcdefghijklmnopqrstuvwxyz') DEPTH[letter.charCodeAt(0)] = 0;
for (const letter of 'NIZJXF') DEPTH[letter.charCodeAt(0)] = 1;
DEPTH[E] = -1;

/** Of decltype and noexcept with an expression, an E is the end; `Dp`, `Dn` and others are whole. */
function skipD(path: NamePath): 0 | 1 {
  const kind = path.bytes[path.at + 1];
  path.at += 2;
  return kind === T || kind === LOWER_T || kind === O || kind === LOWER_W ? 1 : 0;
}

function skipOther(path: NamePath, byte: number): boolean {
  if (byte === S) return skipSubstitution(path);
  path.at++;
  if (byte === L) return skipLiteral(path);
  if (byte === T || byte === A) return skipToUnderscore(path);
  if (byte === U) return skipUnnamed(path);
  if (byte !== UNDERSCORE) return false;
  readNumber(path); // it tells what is in one function apart
  return true;
}

function skipUnnamed(path: NamePath): boolean {
  const kind = byteAt(path);
  if (isDigit(kind)) return true; // a vendor's qualifier
  path.at++;
  if (kind === LOWER_T) return skipToUnderscore(path);
  return kind === LOWER_L && path.calls-- > 0 && skipGroup(path) && skipToUnderscore(path);
}

/** A literal: a type and a value, whose digits are no length; or the name of something. */
function skipLiteral(path: NamePath): boolean {
  if (path.calls-- <= 0) return false;
  const byte = byteAt(path);
  if (byte === UNDERSCORE || byte === Z) {
    path.at += byte === Z ? 1 : 2;
    return skipGroup(path);
  }
  if (byte === N) {
    path.at++;
    if (!skipGroup(path)) return false;
  } else if (isDigit(byte) && !skipSource(path)) return false;
  while (byteAt(path) !== E) {
    if (byteAt(path) === 0) return false;
    path.at++;
  }
  path.at++;
  return true;
}
