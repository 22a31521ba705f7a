import type { Steps } from '../steps.js';
import type { ByteSource } from './source.js';

/** Bytes that are read in one step: some 10 ms, most of which goes into memory that was not there before. */
const IN_STEP = 4 << 20;

/** What `source.read` returns, read in steps where that takes time. The caller knows that the file has so much. */
export function* readInSteps(
  source: ByteSource,
  offset: number,
  length: number,
): Steps<Uint8Array> {
  if (length <= IN_STEP) return source.read(offset, length);
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const into = bytes.subarray(done, done + IN_STEP);
    const read = source.read(offset + done, into.length, into);
    if (read.buffer !== bytes.buffer) return source.read(offset, length); // it is in memory already
    done += read.length;
    yield;
    if (read.length < into.length) break; // the file ends here
  }
  return bytes.subarray(0, done);
}
