import type { Steps } from '../steps.js';
import { SHN_LORESERVE, SHN_UNDEF, SHN_XINDEX } from './binary.js';
import { type Encoding, HOST_IS_LITTLE } from './fields.js';

/**
 * Where the fields of a symbol are in its entry, in words of 32 bits (gABI chapter 4: Elf32_Sym,
 * Elf64_Sym). One word holds st_info, st_other and st_shndx.
 */
const LAYOUTS = {
  32: { words: 4, name: 0, value: 1, size: 2, kind: 3 },
  64: { words: 6, name: 0, kind: 1, value: 2, size: 4 },
} as const;

/** Likewise, and where in a word and in a number of 64 bits the parts are. */
export function entryLayout({ class: width, littleEndian }: Encoding) {
  const layout = LAYOUTS[width];
  const low = width === 64 && !littleEndian ? 1 : 0;
  return {
    ...layout,
    bytes: layout.words * 4,
    littleEndian,
    infoShift: littleEndian ? 0 : 24,
    sectionShift: littleEndian ? 16 : 0,
    low,
    /** There is no upper half in a 32-bit file. */
    high: width === 64 ? 1 - low : undefined,
  };
}

export type EntryLayout = ReturnType<typeof entryLayout>;

/** Words that are turned round in one step, which takes some 5 ms. */
const IN_STEP = 1 << 20;

/** Entries as words in this machine's byte order: the bytes themselves if they have it. */
export function* wordsInSteps(entries: Uint8Array, littleEndian: boolean): Steps<Uint32Array> {
  const { buffer, byteOffset, length } = entries.byteOffset % 4 === 0 ? entries : entries.slice();
  const words = new Uint32Array(buffer, byteOffset, length >> 2);
  if (littleEndian === HOST_IS_LITTLE) return words;
  const fields = new DataView(buffer, byteOffset, length);
  const turned = new Uint32Array(words.length);
  for (let i = 0; i < turned.length; i++) {
    turned[i] = fields.getUint32(i * 4, littleEndian);
    if (i % IN_STEP === IN_STEP - 1) yield;
  }
  return turned;
}

/** The type in `st_info`, its lower half (gABI chapter 4; GNU). */
export const STT = { OBJECT: 1, FUNC: 2, SECTION: 3, FILE: 4, TLS: 6, GNU_IFUNC: 10 } as const;
/** The binding, its upper half. */
export const STB_LOCAL = 0;

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
