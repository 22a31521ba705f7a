import type { ByteSource } from './source.js';

/** Bytes kept of the start of a file: the file header, the program headers, mostly PT_INTERP and the notes. */
const HEAD = 4096;
/** Where blocks begin: what is asked for next may lie in front, as section names lie in front of their headers. */
const PAGE = 4096;
/** Bytes read at once elsewhere: the dynamic section's strings, versions and symbols are neighbours. */
const BLOCK = 8192;

/**
 * Serves the many short reads of a reader from few of the file: the start of it is kept, and so is the block
 * that was read last. A long read stays one of its own.
 */
export function readingAhead(source: ByteSource): ByteSource {
  const { size } = source;
  const head = source.read(0, HEAD);
  let start = 0;
  let block = head;
  return {
    size,
    read(offset, length, into) {
      const end = Math.min(offset + length, size);
      if (end <= head.length) return head.subarray(offset, end);
      if (offset >= start && end <= start + block.length) {
        return block.subarray(offset - start, end - start);
      }
      const from = offset - (offset % PAGE);
      if (end > from + BLOCK) return source.read(offset, length, into);
      start = from;
      block = source.read(start, BLOCK);
      return block.subarray(offset - start, Math.max(offset, end) - start);
    },
  };
}
