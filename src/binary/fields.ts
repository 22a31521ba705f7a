/** Reads the fixed-width fields of a structure whose bytes are already there. */
export interface Fields {
  readonly length: number;
  u8(at: number): number;
  u16(at: number): number;
  u32(at: number): number;
  u64(at: number): bigint;
  /** An address, offset or size: 4 bytes of a 32-bit file, 8 of a 64-bit one. */
  word(at: number): bigint;
}

/** Whether this machine stores numbers as little-endian files do, as nearly all do. */
export const HOST_IS_LITTLE = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** The two properties every field of an ELF file depends on (`e_ident[EI_CLASS]`, `[EI_DATA]`). */
export interface Encoding {
  readonly class: 32 | 64;
  readonly littleEndian: boolean;
}

/** What a field says, at most `limit`: a stored offset or size may be anything. */
export const atMost = (value: bigint, limit: number): number =>
  value < BigInt(limit) ? Number(value) : limit;

/** Fields of `bytes`. Reading past the end throws RangeError: callers check `length` first. */
export function fieldsOf(bytes: Uint8Array, { class: width, littleEndian }: Encoding): Fields {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u64 = (at: number) => view.getBigUint64(at, littleEndian);
  const u32 = (at: number) => view.getUint32(at, littleEndian);
  return {
    length: bytes.length,
    u8: (at) => view.getUint8(at),
    u16: (at) => view.getUint16(at, littleEndian),
    u32,
    u64,
    word: width === 64 ? u64 : (at) => BigInt(u32(at)),
  };
}
