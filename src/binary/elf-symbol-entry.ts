import type { Encoding } from './fields.js';

/** Where the fields of a symbol are in its entry, in bytes (gABI chapter 4: Elf32_Sym, Elf64_Sym). */
const LAYOUTS = {
  32: { bytes: 16, name: 0, value: 4, size: 8, info: 12, section: 14 },
  64: { bytes: 24, name: 0, info: 4, section: 6, value: 8, size: 16 },
} as const;

/** Likewise, and of numbers of 64 bits the halves: the upper one is undefined in a 32-bit file. */
export function entryLayout({ class: width, littleEndian }: Encoding) {
  const layout = LAYOUTS[width];
  const low = width === 64 && !littleEndian ? 4 : 0;
  return { ...layout, low, high: width === 64 ? 4 - low : undefined, littleEndian };
}

export const STT = { OBJECT: 1, FUNC: 2, SECTION: 3, FILE: 4, TLS: 6, GNU_IFUNC: 10 } as const;
export const STB_LOCAL = 0;
const SHN_UNDEF = 0;
/** From here on, a section index means something else. */
const SHN_LORESERVE = 0xff00;
/** It means that the index does not fit. */
export const SHN_XINDEX = 0xffff;

/**
 * What an entry is: a symbol with a name and a place, a source file's name, something else, or
 * nonsense, whose name or section does not exist.
 */
export function entryKind(
  name: number,
  type: number,
  section: number,
  nameBytes: number,
  sections: number,
): 'symbol' | 'file' | 'other' | 'wild' {
  const isFile = type === STT.FILE;
  // Without a name, a file's entry still ends the symbols of the file before.
  if (section === SHN_UNDEF || (name === 0 && !isFile)) return 'other';
  if (name >= nameBytes) return 'wild';
  if (isFile) return 'file';
  if (section >= SHN_LORESERVE) return section === SHN_XINDEX ? 'symbol' : 'other';
  if (section >= sections) return 'wild';
  return type === STT.SECTION ? 'other' : 'symbol';
}
