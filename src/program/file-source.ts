import { readSync } from 'node:fs';
import type { ByteSource } from '../binary/source.js';

/**
 * Bytes of memory allocated at once, and shared by reads of up to half of them: to allocate some
 * for each short read takes longer than the read.
 */
const POOL = 64 << 10;
let pool = new Uint8Array(POOL);
let used = 0;

/**
 * A source over an open file of `size` bytes, valid while the descriptor is open. A read that fails,
 * or finds the file shorter than it was, is a short one: what is there is used.
 */
export function fileSource(descriptor: number, size: number): ByteSource {
  return {
    size,
    read(offset, length, into) {
      // Readers ask for what a header claims; a buffer is never larger than the file.
      const wanted = Math.max(0, Math.min(length, size - offset));
      const bytes = into && wanted <= into.length ? into.subarray(0, wanted) : newBytes(wanted);
      let done = 0;
      while (done < wanted) {
        const count = readAt(descriptor, bytes, done, offset + done);
        if (count === 0) return bytes.subarray(0, done);
        done += count;
      }
      return bytes;
    },
  };
}

function newBytes(length: number): Uint8Array {
  if (length > POOL / 2) return new Uint8Array(length);
  if (length > POOL - used) {
    pool = new Uint8Array(POOL);
    used = 0;
  }
  const bytes = pool.subarray(used, used + length);
  used = Math.ceil((used + length) / 8) * 8; // whoever looks at words needs them aligned
  return bytes;
}

function readAt(descriptor: number, bytes: Uint8Array, done: number, position: number): number {
  try {
    return readSync(descriptor, bytes, done, bytes.length - done, position);
  } catch {
    return 0;
  }
}
