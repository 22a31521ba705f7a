/**
 * The names binutils' readelf prints for what a file stores as numbers. Written down here a second
 * time, apart from src/, so that the two can disagree.
 */

/** `sh_type` of every machine (gABI chapter 4, GNU and LLVM extensions). */
const SECTION_TYPES: Readonly<Record<number, string>> = {
  0: 'NULL',
  1: 'PROGBITS',
  2: 'SYMTAB',
  3: 'STRTAB',
  4: 'RELA',
  5: 'HASH',
  6: 'DYNAMIC',
  7: 'NOTE',
  8: 'NOBITS',
  9: 'REL',
  10: 'SHLIB',
  11: 'DYNSYM',
  14: 'INIT_ARRAY',
  15: 'FINI_ARRAY',
  16: 'PREINIT_ARRAY',
  17: 'GROUP',
  18: 'SYMTAB_SHNDX',
  19: 'RELR',
  1879002112: 'LLVM_ODRTAB',
  1879002113: 'LLVM_LINKER_OPTIONS',
  1879002115: 'LLVM_ADDRSIG',
  1879002116: 'LLVM_DEPENDENT_LIBRARIES',
  1879002117: 'LLVM_SYMPART',
  1879002118: 'LLVM_PART_EHDR',
  1879002119: 'LLVM_PART_PHDR',
  1879048181: 'GNU_ATTRIBUTES',
  1879048182: 'GNU_HASH',
  1879048183: 'GNU_LIBLIST',
  1879048189: 'VERDEF',
  1879048190: 'VERNEED',
  1879048191: 'VERSYM',
};

const MACHINE_SECTION_TYPES: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  40: {
    1879048193: 'ARM_EXIDX',
    1879048194: 'ARM_PREEMPTMAP',
    1879048195: 'ARM_ATTRIBUTES',
  },
  62: { 1879048193: 'X86_64_UNWIND' },
  183: { 1879048195: 'AARCH64_ATTRIBUTES' },
  243: { 1879048195: 'RISCV_ATTRIBUTES' },
};

/** `p_type` */
const SEGMENT_TYPES: Readonly<Record<number, string>> = {
  0: 'NULL',
  1: 'LOAD',
  2: 'DYNAMIC',
  3: 'INTERP',
  4: 'NOTE',
  5: 'SHLIB',
  6: 'PHDR',
  7: 'TLS',
  1685382480: 'GNU_EH_FRAME',
  1685382481: 'GNU_STACK',
  1685382482: 'GNU_RELRO',
  1685382483: 'GNU_PROPERTY',
  1685382484: 'GNU_SFRAME',
  1705237478: 'OPENBSD_RANDOMIZE',
  1705237479: 'OPENBSD_WXNEEDED',
  1705253862: 'OPENBSD_BOOTDATA',
};

const MACHINE_SEGMENT_TYPES: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  40: { 1879048193: 'EXIDX' },
  183: { 1879048192: 'AARCH64_ARCHEXT' },
  243: { 1879048195: 'RISCV_ATTRIBUT' },
};

/** Undefined for a type that readelf prints as a number. */
export const sectionTypeName = (type: number, machine: number): string | undefined =>
  SECTION_TYPES[type] ?? MACHINE_SECTION_TYPES[machine]?.[type];

/** Undefined for a type that readelf prints as a number. */
export const segmentTypeName = (type: number, machine: number): string | undefined =>
  SEGMENT_TYPES[type] ?? MACHINE_SEGMENT_TYPES[machine]?.[type];

/** What readelf's "Key to Flags" says of single bits of `sh_flags`, in ascending order. */
const FLAG_LETTERS: ReadonlyMap<bigint, string> = new Map([
  [0x1n, 'W'],
  [0x2n, 'A'],
  [0x4n, 'X'],
  [0x10n, 'M'],
  [0x20n, 'S'],
  [0x40n, 'I'],
  [0x80n, 'L'],
  [0x100n, 'O'],
  [0x200n, 'G'],
  [0x400n, 'T'],
  [0x800n, 'C'],
  [0x80000000n, 'E'],
]);
const MASK_OS = 0x0ff00000n;
const MASK_PROCESSOR = 0xf0000000n;

/** Bits with a meaning on one machine only, by `e_machine`. */
const MACHINE_FLAGS: Readonly<Record<number, readonly [bit: bigint, letter: string]>> = {
  20: [0x10000000n, 'v'], // PowerPC: variable-length encoded
  40: [0x20000000n, 'y'], // Arm: pure code
  62: [0x10000000n, 'l'], // x86-64: large
};

/** `sh_flags` in letters; several unnamed bits of the same range give one letter. */
export function flagLetters(flags: bigint, machine: number, osAbi: number): string {
  let letters = '';
  for (let bit = 1n, rest = flags; rest !== 0n; bit <<= 1n) {
    if ((rest & bit) === 0n) continue;
    const [letter, range] = flagLetter(bit, machine, osAbi);
    letters += letter;
    rest &= ~(range | bit);
  }
  return letters;
}

/** The letter of one bit, and which other bits it speaks for. */
function flagLetter(bit: bigint, machine: number, osAbi: number): [string, bigint] {
  const letter = FLAG_LETTERS.get(bit) ?? osLetter(bit, osAbi);
  if (letter) return [letter, bit];
  const own = MACHINE_FLAGS[machine];
  if (own?.[0] === bit) return [own[1], bit];
  if ((bit & MASK_OS) !== 0n) return ['o', MASK_OS];
  if ((bit & MASK_PROCESSOR) !== 0n) return ['p', MASK_PROCESSOR];
  return ['x', bit];
}

function osLetter(bit: bigint, osAbi: number): string | undefined {
  const gnu = osAbi === 3 || osAbi === 9; // ELFOSABI_GNU, ELFOSABI_FREEBSD
  if (bit === 0x1000000n && gnu) return 'D';
  if (bit === 0x200000n && gnu) return 'R';
  return undefined;
}
