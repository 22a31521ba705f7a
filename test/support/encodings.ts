import type { Encoding } from '../../src/binary/fields.js';

/** Both classes in both byte orders: every reader has to work for all four. */
export const ENCODINGS: readonly Encoding[] = [
  { class: 64, littleEndian: true },
  { class: 64, littleEndian: false },
  { class: 32, littleEndian: true },
  { class: 32, littleEndian: false },
];

/** For titles of tests: "64-bit little-endian". */
export const encodingName = ({ class: width, littleEndian }: Encoding): string =>
  `${width}-bit ${littleEndian ? 'little' : 'big'}-endian`;
