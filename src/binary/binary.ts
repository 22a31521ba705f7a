import type { Diagnostic } from './diagnostic.js';
import type { StartUpVariable } from './known-symbols.js';

/**
 * What the readers know of a binary: its own words, in the terms of its format. Nothing here is
 * rounded to pages or interpreted for a system; that is the model's part.
 *
 * Addresses, and sizes in address space, are bigint: 64-bit values do not fit a double. Offsets and
 * counts inside the file are numbers, checked to be below 2^53.
 */
export interface Binary {
  readonly format: 'elf';
  readonly class: 32 | 64;
  readonly littleEndian: boolean;
  readonly machine: Machine;
  /** `e_machine` as stored, for machines without a name here. */
  readonly machineCode: number;
  readonly type: BinaryType;
  /** EI_OSABI as stored. */
  readonly osAbi: number;
  readonly entry: bigint;
  readonly segments: readonly Segment[];
  /** Empty when the section table was stripped. */
  readonly sections: readonly Section[];
  /** PT_INTERP: the dynamic loader's path. */
  readonly interpreter: string | undefined;
  readonly dynamic: Dynamic | undefined;
  readonly notes: readonly Note[];
  /** Where relocations write when this object is loaded. */
  readonly relocated: PageSet;
  /**
   * Those of them that still are where addresses are fixed when linking: all but those that hold
   * nothing but relative relocations, which add the load address and do nothing else.
   */
  readonly relocatedWhenFixed: PageSet;
  /** Whether functions of its own run before main(); undefined without a dynamic section, which tells. */
  readonly hasInitialisers?: boolean | undefined;
  /** Whether a program or library needs the initialisation of C++'s standard streams, by its dynamic symbols. */
  readonly initialisesStreams?: boolean | undefined;
  /**
   * Whether a static program defines `free`, or a dynamic one asks for it, by its symbol table: some C
   * libraries choose another allocator where it is not linked. Undefined of any other file, libraries that
   * can be started included, and where there is no symbol table or one too large to look through.
   */
  readonly linksFree: boolean | undefined;
  /** Whether a program has libstdc++'s memory for exceptions linked in, by its symbol table; undefined likewise. */
  readonly linksExceptionPool?: boolean | undefined;
  /**
   * Where a static program has what its C library's start-up writes, as far as its symbol table
   * tells; undefined likewise.
   */
  readonly startUpVariables?: Readonly<Partial<Record<StartUpVariable, bigint>>> | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export type Machine =
  | 'i386'
  | 'x86-64'
  | 'arm'
  | 'arm64'
  | 'riscv'
  | 's390x'
  | 'ppc'
  | 'ppc64'
  | 'mips'
  | 'sparc'
  | 'sparcv9'
  | 'loongarch'
  | 'm68k'
  | 'sh'
  | 'alpha'
  | 'parisc'
  | 'ia64'
  | 'unknown';

export type BinaryType = 'relocatable' | 'executable' | 'shared' | 'core' | 'unknown';

/** Whether it can be loaded: an object file is not, and a core dump is of a process that was. */
export const isLoadable = ({ type }: Pick<Binary, 'type'>): boolean =>
  type === 'executable' || type === 'shared';

/** A program header, as stored. */
export interface Segment {
  /** `p_type` as stored; named by `segmentTypeName`. */
  readonly type: number;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly executable: boolean;
  readonly offset: bigint;
  readonly address: bigint;
  readonly physicalAddress: bigint;
  readonly fileSize: bigint;
  readonly memorySize: bigint;
  readonly align: bigint;
}

/** A section header, as stored, with its name looked up. */
export interface Section {
  readonly name: string;
  readonly type: number;
  readonly flags: bigint;
  readonly address: bigint;
  readonly offset: bigint;
  readonly size: bigint;
  readonly link: number;
  readonly info: number;
  readonly align: bigint;
  readonly entrySize: bigint;
}

/** PT_DYNAMIC, what the model and the library search need of it. */
export interface Dynamic {
  /** Address of the first entry: ld.so writes there (DT_DEBUG, its own relocation). */
  readonly address: bigint;
  readonly needed: readonly string[];
  /** Libraries that it needs besides those: their names are not where they should be, or too many to read. */
  readonly unreadNeeded: number;
  readonly soname: string | undefined;
  readonly rpath: string | undefined;
  readonly runpath: string | undefined;
  /** DF_1_PIE: an executable, though its type says shared object. */
  readonly pie: boolean;
  /** N of the highest symbol version GLIBC_2.N that it defines: only glibc's own libraries do. */
  readonly glibcDefined: number | undefined;
  /** N of the highest GLIBC_2.N that it needs: an older glibc will not run it. */
  readonly glibcNeeded: number | undefined;
  /** The highest index of a symbol version that it defines or needs. */
  readonly versionIndex: number | undefined;
  /**
   * Symbols that it defines for the whole process (STB_GNU_UNIQUE) and that its relocations refer to: the loader
   * enters them in a table.
   */
  readonly uniqueReferences: number;
}

/** A note that names the system, toolchain or build. */
export interface Note {
  readonly owner: string;
  readonly type: number;
  /** The first bytes of the descriptor, at most 64 of them. */
  readonly descriptor: readonly number[];
}

/**
 * A set of 4 KiB pages as sorted, disjoint, half-open runs of page numbers: [start, end, start, end, …].
 * A page number is `address / 4096`; even of a 64-bit address it is exact in a double.
 */
export type PageSet = readonly number[];

/** Bytes of a program header as stored (gABI chapter 5: Elf32_Phdr, Elf64_Phdr). */
export const programHeaderBytes = ({ class: width }: Pick<Binary, 'class'>): number =>
  width === 64 ? 56 : 32;

/** `p_type` (gABI chapter 5; GNU). */
export const PT = {
  NULL: 0,
  LOAD: 1,
  DYNAMIC: 2,
  INTERP: 3,
  NOTE: 4,
  TLS: 7,
  GNU_RELRO: 0x6474e552,
} as const;

/** `sh_type` (gABI chapter 4). */
export const SHT = { NULL: 0, SYMTAB: 2, NOBITS: 8, DYNSYM: 11 } as const;

/** `sh_flags` (gABI chapter 4): takes memory; is of each thread. */
export const SHF = { ALLOC: 0x2n, TLS: 0x400n } as const;

// Section numbers (gABI chapter 4).
/** No section: what is asked for, and defined elsewhere. */
export const SHN_UNDEF = 0;
/** The first that is no section's, but has a meaning of its own. */
export const SHN_LORESERVE = 0xff00;
/** The number does not fit its field, and stands elsewhere. */
export const SHN_XINDEX = 0xffff;
