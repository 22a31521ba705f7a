/**
 * Where bytes come from. Every reader works on this and nothing else, so the same code runs over a
 * file handle, a buffer of a virtual workspace, or a test's array.
 *
 * It is synchronous on purpose: a reader asks for a few kilobytes at a time, and awaiting each of
 * them costs more than the read. Where a platform has no synchronous ranged read, the whole file is
 * fetched first and handed over as memory.
 */
export interface ByteSource {
  /** Size in bytes; below 2^53. */
  readonly size: number;
  /**
   * Up to `length` bytes from `offset`. Short, possibly empty, where the file ends sooner: a linker
   * may be rewriting the file at this moment. Never throws on a range outside the file.
   *
   * @param into where they may be put, by whoever reads much and keeps none of it
   */
  read(offset: number, length: number, into?: Uint8Array): Uint8Array;
}

/** A source over bytes already in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(Math.min(offset, bytes.length), offset + length),
  };
}

/** Counts what is read through it: the evidence behind "only headers are read" (`--stats`). */
export function countingSource(source: ByteSource): ByteSource & { bytesRead: number } {
  return {
    bytesRead: 0,
    size: source.size,
    read(offset, length, into) {
      const bytes = source.read(offset, length, into);
      this.bytesRead += bytes.length;
      return bytes;
    },
  };
}
