import type { ByteSource } from './source.js';

/** Bytes read at once. */
const SLICE = 1 << 20;

/** CRC-32 of a whole source, as Ethernet and gzip have it (polynomial 0xedb88320, reflected). */
export function crc32(source: ByteSource): number {
  let value = ~0;
  for (let at = 0; at < source.size; at += SLICE) {
    for (const byte of source.read(at, SLICE)) {
      value = (TABLE[(value ^ byte) & 0xff] as number) ^ (value >>> 8);
    }
  }
  return ~value >>> 0;
}

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
