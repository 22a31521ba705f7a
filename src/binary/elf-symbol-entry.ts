import type { Encoding } from './fields.js';

/** Where the fields of a symbol are in its entry, in bytes (gABI chapter 4: Elf32_Sym, Elf64_Sym). */
const LAYOUTS = {
  32: { bytes: 16, value: 4, size: 8, info: 12, section: 14 },
  64: { bytes: 24, info: 4, section: 6, value: 8, size: 16 },
} as const;

export const STT = { OBJECT: 1, FUNC: 2, SECTION: 3, FILE: 4, TLS: 6, GNU_IFUNC: 10 } as const;
export const STB_LOCAL = 0;
export const SHN_UNDEF = 0;
/** From here on, a section index means something else, and the last of them: it is elsewhere. */
export const SHN_LORESERVE = 0xff00;
export const SHN_XINDEX = 0xffff;

/**
 * Reads the fields of the symbol entry that begins at a place; as plain numbers and without `Fields`,
 * for there are millions of them.
 */
export interface EntryReader {
  /** Of one entry. */
  readonly bytes: number;
  /** Offset in the table of names. */
  name(view: DataView, at: number): number;
  /** Type in the lower half, binding in the upper. */
  info(view: DataView, at: number): number;
  section(view: DataView, at: number): number;
  /** `st_value` in halves of 32 bits. */
  valueLow(view: DataView, at: number): number;
  valueHigh(view: DataView, at: number): number;
  /** Above 2^53, the nearest number there is. */
  size(view: DataView, at: number): number;
}

export function entryReader({ class: width, littleEndian }: Encoding): EntryReader {
  const { bytes, value, size, info, section } = LAYOUTS[width];
  const wide = width === 64;
  const low = wide && !littleEndian ? 4 : 0;
  const high = 4 - low;
  const u32 = (view: DataView, at: number) => view.getUint32(at, littleEndian);
  return {
    bytes,
    name: u32,
    info: (view, at) => view.getUint8(at + info),
    section: (view, at) => view.getUint16(at + section, littleEndian),
    valueLow: (view, at) => u32(view, at + value + low),
    valueHigh: (view, at) => (wide ? u32(view, at + value + high) : 0),
    size: (view, at) =>
      (wide ? u32(view, at + size + high) * 2 ** 32 : 0) + u32(view, at + size + low),
  };
}
