import {
  byteAt,
  isLower,
  type NamePath,
  push,
  pushNameless,
  readNumber,
  skipBytes,
  skipToUnderscore,
} from './name-path.js';

/**
 * Reads the identifiers of a Rust name of the newer kind, with `at` behind its `_R`. Of a method they
 * are those of its type and its own. False where this does not follow (rustc book, v0 Symbol Format).
 */
export function readRustPath(path: NamePath): boolean {
  return readPath(path) && path.count > 0;
}

// Letters of the grammar, as numbers: names are read by the million.
const A = 0x41;
const B = 0x42;
const C = 0x43;
const D = 0x44;
const E = 0x45;
const F = 0x46;
const G = 0x47;
const I = 0x49;
const K = 0x4b;
const L = 0x4c;
const M = 0x4d;
const N = 0x4e;
const O = 0x4f;
const P = 0x50;
const Q = 0x51;
const R = 0x52;
const S = 0x53;
const T = 0x54;
const U = 0x55;
const X = 0x58;
const Y = 0x59;
const LOWER_P = 0x70;
const LOWER_S = 0x73;
const LOWER_U = 0x75;
const UNDERSCORE = 0x5f;

function readPath(path: NamePath): boolean {
  if (path.calls-- <= 0) return false;
  const byte = byteAt(path);
  path.at++;
  switch (byte) {
    case C:
      return readIdentifier(path);
    case N:
      path.at++; // of values, of types, of closures
      return readPath(path) && readIdentifier(path);
    case I:
      return readPath(path) && withoutParts(path, skipArguments);
    case M:
      return withoutParts(path, skipPlace) && readType(path);
    case X:
      return withoutParts(path, skipPlace) && readType(path) && withoutParts(path, readPath);
    case Y:
      return readType(path) && withoutParts(path, readPath);
    case B:
      return readBack(path, readPath);
    default:
      return false;
  }
}

function readIdentifier(path: NamePath): boolean {
  if (!skipMarked(path, LOWER_S)) return false;
  if (byteAt(path) === LOWER_U) path.at++; // punycode
  const length = readNumber(path);
  if (byteAt(path) === UNDERSCORE) path.at++;
  const from = path.at;
  if (!skipBytes(path, length)) return false;
  return length === 0 ? pushNameless(path) : push(path, from, path.at);
}

/** A number in base 62, if its letter announces one. */
function skipMarked(path: NamePath, mark: number): boolean {
  if (byteAt(path) !== mark) return true;
  path.at++;
  return skipToUnderscore(path);
}

/** Where an `impl` is: another one has another number. */
const skipPlace = (path: NamePath): boolean => skipMarked(path, LOWER_S) && readPath(path);

/** Of the types, only one that has a name adds to the path. */
function readType(path: NamePath): boolean {
  if (path.calls-- <= 0) return false;
  const byte = byteAt(path);
  if (isLower(byte)) {
    path.at++;
    return pushNameless(path);
  }
  path.at++;
  switch (byte) {
    case A:
      return readType(path) && skipConstant(path);
    case S:
    case P:
    case O:
      return readType(path);
    case R:
    case Q:
      return skipMarked(path, L) && readType(path);
    case T:
      return withoutParts(path, skipTypes) && pushNameless(path);
    case F:
      return withoutParts(path, skipFunction) && pushNameless(path);
    case D:
      return withoutParts(path, skipTrait) && pushNameless(path);
    case B:
      return readBack(path, readType);
    default:
      path.at--;
      return readPath(path);
  }
}

function skipTypes(path: NamePath): boolean {
  while (byteAt(path) !== E) if (!readType(path)) return false;
  path.at++;
  return true;
}

function skipFunction(path: NamePath): boolean {
  if (!skipMarked(path, G)) return false;
  if (byteAt(path) === U) path.at++;
  if (byteAt(path) === K) {
    path.at++;
    if (byteAt(path) === C) path.at++;
    else if (!readIdentifier(path)) return false;
  }
  return skipTypes(path) && readType(path);
}

/** `dyn`: traits with the types they are bound to, and a lifetime. */
function skipTrait(path: NamePath): boolean {
  if (!skipMarked(path, G)) return false;
  while (byteAt(path) !== E) {
    if (!readPath(path)) return false;
    while (byteAt(path) === LOWER_P) {
      path.at++;
      if (!readIdentifier(path) || !readType(path)) return false;
    }
  }
  path.at++;
  return skipMarked(path, L);
}

function skipArguments(path: NamePath): boolean {
  while (byteAt(path) !== E) {
    if (path.calls-- <= 0) return false;
    const byte = byteAt(path);
    const isConstant = byte === K;
    if (isConstant) path.at++;
    const skip = byte === L ? skipLifetime : isConstant ? skipConstant : readType;
    if (!skip(path)) return false;
  }
  path.at++;
  return true;
}

const skipLifetime = (path: NamePath): boolean => skipMarked(path, L);

function skipConstant(path: NamePath): boolean {
  const byte = byteAt(path);
  path.at++;
  if (byte === LOWER_P) return true;
  return (byte === B || isLower(byte)) && skipToUnderscore(path);
}

/** What stands at an earlier place of the name: base 62, where `_` is 0 and `0_` is 1. */
function readBack(path: NamePath, read: (path: NamePath) => boolean): boolean {
  const begins = path.at;
  let value = 0;
  for (let byte = byteAt(path); byte !== UNDERSCORE; byte = byteAt(path)) {
    const digit = DIGITS.indexOf(String.fromCharCode(byte));
    if (digit < 0 || value > 1e6) return false;
    value = value * 62 + digit;
    path.at++;
  }
  const behind = path.at + 1;
  const there = path.start + (path.at > begins ? value + 1 : 0);
  if (there >= begins) return false;
  path.at = there;
  const understood = read(path);
  path.at = behind;
  return understood;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

function withoutParts(path: NamePath, read: (path: NamePath) => boolean): boolean {
  const { count } = path;
  const understood = read(path);
  path.count = count;
  return understood;
}
