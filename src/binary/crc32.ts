import type { Steps } from '../steps.js';
import type { ByteSource } from './source.js';

/** Bytes that are looked at in one step, which takes some 5 ms. */
const IN_STEP = 1 << 20;

/** CRC-32 of a whole source, as Ethernet and gzip have it (polynomial 0xedb88320, reflected). */
export function* crc32(source: ByteSource): Steps<number> {
  const into = new Uint8Array(Math.min(IN_STEP, source.size));
  let value = ~0;
  for (let at = 0; at < source.size; at += IN_STEP) {
    for (const byte of source.read(at, IN_STEP, into)) {
      value = (TABLE[(value ^ byte) & 0xff] as number) ^ (value >>> 8);
    }
    yield;
  }
  return ~value >>> 0;
}

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
