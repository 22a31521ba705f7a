import { fieldsOf } from '../binary/fields.js';
import { stringAt } from '../binary/strings.js';

/**
 * Reads /etc/ld.so.cache in the format glibc has written since 2.2 (sysdeps/generic/dl-cache.h,
 * struct cache_file_new), alone in the file or behind a table in the older format.
 */

const MAGIC = 'glibc-ld.so.cache1.1';
const OLD_MAGIC = 'ld.so-1.7.0';
/** Magic, two counts, flags, extension offset and spare words. */
const HEADER = 48;
/** Flags, offsets of name and path, OS version, hardware capabilities. */
const ENTRY = 24;
const BIG_ENDIAN = 3;
const MAX_STRING = 4096;
/** Characters kept for each byte of the file. A name is a part of its path, and has several paths at the most. */
const KEPT_PER_BYTE = 4;

/**
 * The paths the cache has for each library name, in its order: several where there are builds for
 * several machines or processor levels. Empty for a file that is no such cache; of one whose entries are
 * the same long string over and over, the first.
 */
export function readLdCache(bytes: Uint8Array): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, string[]>();
  const cache = bytes.subarray(newCacheStart(bytes));
  if (!beginsWith(cache, MAGIC) || cache.length < HEADER) return paths;
  const littleEndian = cache[28] !== BIG_ENDIAN;
  const fields = fieldsOf(cache, { class: 32, littleEndian });
  const count = Math.min(fields.u32(20), Math.floor((cache.length - HEADER) / ENTRY));
  let left = KEPT_PER_BYTE * cache.length;
  for (let i = 0; i < count && left > 0; i++) {
    const at = HEADER + i * ENTRY;
    const name = stringAt(cache, fields.u32(at + 4), MAX_STRING);
    const path = stringAt(cache, fields.u32(at + 8), MAX_STRING);
    if (name === undefined || path === undefined) continue;
    left -= name.length + path.length;
    const known = paths.get(name);
    if (known) known.push(path);
    else paths.set(name, [path]);
  }
  return paths;
}

/** The old table has 12-byte entries behind a 16-byte header; the new one follows, 8-byte aligned. */
function newCacheStart(bytes: Uint8Array): number {
  if (!beginsWith(bytes, OLD_MAGIC) || bytes.length < 16) return 0;
  for (const littleEndian of [true, false]) {
    const count = fieldsOf(bytes, { class: 32, littleEndian }).u32(12);
    const end = 16 + 12 * count;
    // 32-bit machines align to 4.
    for (const start of [Math.ceil(end / 8) * 8, end]) {
      if (beginsWith(bytes.subarray(start), MAGIC)) return start;
    }
  }
  return 0;
}

const beginsWith = (bytes: Uint8Array, text: string) =>
  bytes.length >= text.length && [...text].every((c, i) => bytes[i] === c.charCodeAt(0));
