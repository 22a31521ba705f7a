import { readSync } from 'node:fs';
import type { ByteSource } from '../binary/source.js';

/**
 * A source over an open file of `size` bytes, valid while the descriptor is open. A read that fails,
 * or finds the file shorter than it was, is a short one: what is there is used.
 */
export function fileSource(descriptor: number, size: number): ByteSource {
  return {
    size,
    read(offset, length) {
      // Readers ask for what a header claims; a buffer is never larger than the file.
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      let done = 0;
      while (done < bytes.length) {
        const count = readAt(descriptor, bytes, done, offset + done);
        if (count === 0) return bytes.subarray(0, done);
        done += count;
      }
      return bytes;
    },
  };
}

function readAt(descriptor: number, bytes: Uint8Array, done: number, position: number): number {
  try {
    return readSync(descriptor, bytes, done, bytes.length - done, position);
  } catch {
    return 0;
  }
}
