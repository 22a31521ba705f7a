import type { Machine } from './binary.js';
import type { Copy } from './elf-copy-relocations.js';
import { type Encoding, HOST_IS_LITTLE } from './fields.js';
import { PAGE_SET_BYTES, PAGE_SET_SHIFT } from './page-set.js';

/** What the form of relocation entries depends on. */
export type RelocationFormat = Encoding & { readonly machine: Machine };

/** The relocation type that copies a library's variable into the program (R_*_COPY in glibc's elf/elf.h). */
const COPY: Partial<Record<Machine, number>> = {
  i386: 5,
  'x86-64': 5,
  arm: 20,
  arm64: 1024,
  riscv: 4,
  s390x: 9,
  ppc: 19,
  ppc64: 19,
  sparc: 19,
  sparcv9: 19,
  mips: 126,
  m68k: 19,
  sh: 162,
  loongarch: 4,
  alpha: 24,
  parisc: 128,
  ia64: 132,
};

/**
 * The relocation type that adds the load address and needs no symbol (R_*_RELATIVE in glibc's elf/elf.h).
 * MIPS, PA-RISC and IA-64 have none.
 */
const RELATIVE: Partial<Record<Machine, number>> = {
  i386: 8,
  'x86-64': 8,
  arm: 23,
  arm64: 1027,
  riscv: 3,
  s390x: 12,
  ppc: 22,
  ppc64: 22,
  sparc: 22,
  sparcv9: 22,
  m68k: 22,
  sh: 165,
  loongarch: 3,
  alpha: 27,
};

/** Where in an entry of a 64-bit file its parts are, in words of 4 bytes from its start. */
interface Layout {
  readonly low: number;
  readonly high: number;
  readonly info: number;
  readonly symbol: number;
}

const LITTLE: Layout = { low: 0, high: 1, info: 2, symbol: 3 };
const BIG: Layout = { low: 1, high: 0, info: 3, symbol: 2 };
/** Of a 32-bit file: one word is the whole address, one type and symbol. */
const NARROW: Layout = { low: 0, high: 0, info: 1, symbol: 1 };
/**
 * MIPS64's r_info is a 32-bit symbol and four bytes, the type last, and not one 64-bit number: that
 * shows in little-endian files only, where it is the symbol that comes first.
 */
const MIPS_LITTLE: Layout = { low: 0, high: 1, info: 3, symbol: 2 };

/**
 * A decoder of REL and RELA tables: the page of `r_offset` of each entry. In two 32-bit halves, as
 * bigint is slow here.
 *
 * @param add called with the page, and whether the entry is a relative one
 * @param copy called for entries that write more than one address; their page is added as well
 */
export function entryDecoder(
  format: RelocationFormat,
  entrySize: number,
  add: (page: number, relative: boolean) => void,
  copy: (copy: Copy) => void,
): (bytes: Uint8Array) => void {
  const { littleEndian } = format;
  const wide = format.class === 64;
  const mips = wide && littleEndian && format.machine === 'mips';
  const { low: lowAt, high: highAt, info: infoAt, symbol: symbolAt } = layoutOf(format, mips);
  const step = entrySize / 4;
  const copyType = COPY[format.machine];
  const relativeType = RELATIVE[format.machine];
  return (bytes) => {
    const words = wordsOf(bytes, littleEndian);
    let lastLow = -1;
    let lastHigh = 0;
    let lastInfo = 0;
    for (let at = 0; at < words.length; at += step) {
      const offset = words[at + lowAt] as number;
      const low = offset >>> PAGE_SET_SHIFT;
      const high = wide ? (words[at + highAt] as number) : 0;
      const info = words[at + infoAt] as number;
      // Mostly they are sorted: hundreds in a row are alike.
      if (low === lastLow && high === lastHigh && info === lastInfo) continue;
      const type = mips ? info >>> 24 : wide ? info : info & 0xff;
      if (type === 0) continue; // R_*_NONE on every machine
      const page = high * PAGES_OF_HIGH + low;
      add(page, type === relativeType);
      if (type === copyType) {
        const symbol = wide ? (words[at + symbolAt] as number) : info >>> 8;
        copy({ page, within: offset % PAGE_SET_BYTES, symbol });
        lastLow = -1; // each is of a variable of its own
      } else {
        lastLow = low;
        lastHigh = high;
        lastInfo = info;
      }
    }
  };
}

function layoutOf({ class: width, littleEndian }: Encoding, mips: boolean): Layout {
  if (width === 32) return NARROW;
  if (mips) return MIPS_LITTLE;
  return littleEndian ? LITTLE : BIG;
}

/**
 * A decoder of RELR tables: an even word is an address to relocate; an odd word is a bitmap of which
 * of the next 31 or 63 words are. The position carries over from chunk to chunk.
 */
export function relrDecoder(
  { class: width, littleEndian }: Encoding,
  add: (page: number) => void,
): (bytes: Uint8Array) => void {
  const word = width / 8;
  const wide = width === 64;
  const { low: lowAt, high: highAt } = layoutOf({ class: width, littleEndian }, false);
  // The word that a bitmap's first bit stands for.
  let page = 0;
  let within = 0;
  const advance = (bytes: number) => {
    page += (within + bytes) >>> PAGE_SET_SHIFT;
    within = (within + bytes) % PAGE_SET_BYTES;
  };
  return (bytes) => {
    const words = wordsOf(bytes, littleEndian);
    for (let at = 0; at < words.length; at += word / 4) {
      const low = words[at + lowAt] ?? 0;
      const high = wide ? (words[at + highAt] ?? 0) : 0;
      if ((low & 1) === 0) {
        page = pageOf(low, high);
        within = low % PAGE_SET_BYTES;
        add(page);
        advance(word);
        continue;
      }
      // A bitmap covers less than a page: some words on this page, the others on the next.
      const here = Math.ceil((PAGE_SET_BYTES - within) / word);
      if (lowestBit(low >>> 1, high) < here) add(page);
      if (highestBit(low >>> 1, high) >= here) add(page + 1);
      advance((width - 1) * word);
    }
  };
}

/** The 4-byte words of a table. An array of them is read several times faster than a DataView: there are millions. */
export function wordsOf(bytes: Uint8Array, littleEndian: boolean): Uint32Array {
  const { buffer, byteOffset, length } = bytes;
  if (littleEndian === HOST_IS_LITTLE && byteOffset % 4 === 0) {
    return new Uint32Array(buffer, byteOffset, length / 4);
  }
  const view = new DataView(buffer, byteOffset, length);
  return Uint32Array.from({ length: length / 4 }, (_, i) => view.getUint32(4 * i, littleEndian));
}

/** Pages that the high half of an address counts; a constant of its own, as a power takes longer than all the rest. */
const PAGES_OF_HIGH = 2 ** (32 - PAGE_SET_SHIFT);

const pageOf = (low: number, high: number): number =>
  high * PAGES_OF_HIGH + (low >>> PAGE_SET_SHIFT);

// Bits 0 to 30 of a bitmap are in `low`, 31 to 62 in `high`; of an empty one, no bit is below or
// above anything.
const lowestBit = (low: number, high: number): number =>
  low !== 0 ? lowestOf(low) : high !== 0 ? 31 + lowestOf(high) : Number.POSITIVE_INFINITY;
const highestBit = (low: number, high: number): number =>
  high !== 0 ? 62 - Math.clz32(high) : low !== 0 ? 31 - Math.clz32(low) : -1;
const lowestOf = (bits: number): number => 31 - Math.clz32(bits & -bits);
