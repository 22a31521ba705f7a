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

/**
 * How source text spells what the name at `start` of a table stands for, as a path: of a mangled name
 * that of its language; of another the name, without what compilers add where they make copies of it, and
 * in parts where Go and Zig put a dot between package and name.
 */
export function readSpelling(path: NamePath, start: number) {
  if (readMangled(path, start)) return;
  const { bytes } = path;
  for (let from = start; ; ) {
    let at = from;
    while (at < from + HASHED && !isStop(bytes[at] as number)) at++;
    if (at > from) push(path, from, at);
    if (!isInside(bytes, at)) return;
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
export function hashOfPath({ bytes, from, to, count }: NamePath): number {
  return hash(bytes, from[count - 1] as number, to[count - 1] as number);
}

/** The same of the last identifier of a name that is not mangled. */
export function hashOfPlain(bytes: Uint8Array, start: number): number {
  for (let from = start; ; ) {
    let at = from;
    const end = from + HASHED;
    let value = SEED;
    // Two bytes at a time, since steps wait for each other.
    for (; at < end; at += 2) {
      const pair = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
      if (HAS_STOP[pair] !== 0) break;
      value = step(value, pair);
    }
    if (at < end && !isStop(bytes[at] as number)) value = step(value, bytes[at++] as number);
    if (bytes[at] !== DOT || !isInside(bytes, at)) return mixed(value);
    from = at + 1;
  }
}

function hash(bytes: Uint8Array, from: number, to: number): number {
  const end = Math.min(to, from + HASHED);
  let value = SEED;
  let at = from;
  for (; at + 1 < end; at += 2) {
    value = step(value, (bytes[at] as number) | ((bytes[at + 1] as number) << 8));
  }
  return mixed(at < end ? step(value, bytes[at] as number) : value);
}

/** FNV-1a. */
const SEED = 0x811c9dc5;
const step = (value: number, bytes: number): number => Math.imul(value ^ bytes, 0x01000193);
/** The lower bits choose the chain; the upper ones are the better mixed. */
const mixed = (value: number): number => value ^ (value >>> 15);

/** What ends an identifier: NUL, a dot, or the version that a linker adds. */
const isStop = (byte: number): boolean => byte === 0 || byte === DOT || byte === AT;

/** Whether one of two bytes does, for all pairs of them: a look here takes half the time. Filled by what stops, not asked for each pair: activation waits. */
const HAS_STOP = new Uint8Array(1 << 16);
for (const stop of [0, DOT, AT]) {
  for (let other = 0; other <= 0xff; other++) {
    HAS_STOP[(other << 8) | stop] = 1;
    HAS_STOP[(stop << 8) | other] = 1;
  }
}

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
