import type { Binary, Section, Segment } from '../binary/binary.js';
import { hex } from '../format.js';

/** `p_type` (gABI chapter 5; GNU and OpenBSD extensions). */
const SEGMENT_TYPES: Readonly<Record<number, string>> = {
  0: 'NULL',
  1: 'LOAD',
  2: 'DYNAMIC',
  3: 'INTERP',
  4: 'NOTE',
  5: 'SHLIB',
  6: 'PHDR',
  7: 'TLS',
  0x6474e550: 'GNU_EH_FRAME',
  0x6474e551: 'GNU_STACK',
  0x6474e552: 'GNU_RELRO',
  0x6474e553: 'GNU_PROPERTY',
  0x6474e554: 'GNU_SFRAME',
  0x65a3dbe5: 'OPENBSD_MUTABLE',
  0x65a3dbe6: 'OPENBSD_RANDOMIZE',
  0x65a3dbe7: 'OPENBSD_WXNEEDED',
  0x65a41be6: 'OPENBSD_BOOTDATA',
};

/** `sh_type` (gABI chapter 4; GNU and LLVM extensions). */
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
  0x6fff4c03: 'LLVM_ADDRSIG',
  0x6ffffff5: 'GNU_ATTRIBUTES',
  0x6ffffff6: 'GNU_HASH',
  0x6ffffff7: 'GNU_LIBLIST',
  0x6ffffffd: 'VERDEF',
  0x6ffffffe: 'VERNEED',
  0x6fffffff: 'VERSYM',
};

/** Types that machines define for themselves: the same numbers mean something else on each. */
const MACHINE_TYPES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  arm: { 0x70000001: 'ARM_EXIDX', 0x70000003: 'ARM_ATTRIBUTES' },
  'x86-64': { 0x70000001: 'X86_64_UNWIND' },
  arm64: { 0x70000003: 'AARCH64_ATTRIBUTES' },
  riscv: { 0x70000003: 'RISCV_ATTRIBUTES' },
};

/** `sh_flags` as readelf abbreviates them. */
const SECTION_FLAGS: readonly (readonly [bigint, string])[] = [
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
];

/** A segment's type: "LOAD"; in hex where nobody gave it a name. */
export const segmentTypeName = (binary: Binary, { type }: Segment): string =>
  SEGMENT_TYPES[type] ?? MACHINE_TYPES[binary.machine]?.[type] ?? hex(type);

/** A section's type: "PROGBITS"; in hex where nobody gave it a name. */
export const sectionTypeName = (binary: Binary, { type }: Section): string =>
  SECTION_TYPES[type] ?? MACHINE_TYPES[binary.machine]?.[type] ?? hex(type);

/** A section's flags, readelf's letters: "WA". */
export const sectionFlags = ({ flags }: Section): string =>
  SECTION_FLAGS.map(([flag, letter]) => (flags & flag ? letter : '')).join('');
