/**
 * How a machine's page tables are built. Levels go from the leaf upwards; the last is the top table,
 * of which every process has exactly one.
 */
export interface Geometry {
  readonly id: string;
  readonly name: string;
  /** Bytes of a page. */
  readonly pageSize: number;
  readonly levels: readonly Level[];
  /** First address, as a power of two, that user space cannot have: 2^userBits. */
  readonly userBits: number;
  /** Where the format is specified, for people. */
  readonly source: string;
}

export interface Level {
  readonly name: LevelName;
  /** One table of this level maps 2^coverBits bytes of address space. */
  readonly coverBits: number;
  readonly entries: number;
  readonly entryBytes: number;
  /** Bytes allocated for one table. */
  readonly tableBytes: number;
  /** Tables that exist from the start, whatever is mapped. */
  readonly always?: number;
}

/** Pages that a table of the lowest level maps. */
export const pagesPerTable = ({
  levels,
  pageSize,
}: Pick<Geometry, 'levels' | 'pageSize'>): number => 2 ** (levels[0]?.coverBits ?? 0) / pageSize;

/** Linux's names; on i386 without PAE, FreeBSD's "page table" is PTE and "page directory" PGD. */
export type LevelName = 'PTE' | 'PMD' | 'PUD' | 'P4D' | 'PGD';

const level = (name: LevelName, coverBits: number, entries: number, entryBytes: number): Level => ({
  name,
  coverBits,
  entries,
  entryBytes,
  tableBytes: entries * entryBytes,
});

const INTEL = 'Intel SDM volume 3A, chapter 4 (Paging)';
const ARM = 'Linux Documentation/arch/arm64/memory.rst';
const RISCV = 'RISC-V privileged specification, chapter Supervisor-Level ISA (Sv39, Sv48, Sv57)';

/** Page 4 KiB, 1024 four-byte entries, a table page maps 4 MiB. */
export const I386: Geometry = {
  id: 'i386',
  name: 'i386, 2 levels',
  pageSize: 4096,
  userBits: 32,
  levels: [level('PTE', 22, 1024, 4), level('PGD', 32, 1024, 4)],
  source: INTEL,
};

/**
 * The kernel makes the three PMD pages of user space with the process (pgd_alloc). From Linux 6.16 on
 * it makes the fourth, too, and takes a whole page for the top table: not this one.
 */
export const I386_PAE: Geometry = {
  id: 'i386-pae',
  name: 'i386 PAE, 3 levels',
  pageSize: 4096,
  userBits: 32,
  levels: [
    level('PTE', 21, 512, 8),
    { ...level('PMD', 30, 512, 8), always: 3 },
    level('PGD', 32, 4, 8),
  ],
  source: `${INTEL}; Linux 6.15 arch/x86/mm/pgtable.c (PREALLOCATED_PMDS)`,
};

export const X86_64: Geometry = {
  id: 'x86-64',
  name: 'x86-64, 4 levels',
  pageSize: 4096,
  userBits: 47,
  levels: [
    level('PTE', 21, 512, 8),
    level('PMD', 30, 512, 8),
    level('PUD', 39, 512, 8),
    level('PGD', 48, 512, 8),
  ],
  source: INTEL,
};

/** Page-table isolation keeps a second top table beside the first, in one 8 KiB allocation. */
export const X86_64_PTI: Geometry = {
  ...X86_64,
  id: 'x86-64-pti',
  name: 'x86-64, 4 levels, page-table isolation',
  levels: X86_64.levels.map((l) => (l.name === 'PGD' ? { ...l, tableBytes: 8192 } : l)),
  source: `${INTEL}; Linux Documentation/arch/x86/pti.rst`,
};

export const X86_64_LA57: Geometry = {
  ...X86_64,
  id: 'x86-64-la57',
  name: 'x86-64, 5 levels',
  userBits: 56,
  levels: [
    level('PTE', 21, 512, 8),
    level('PMD', 30, 512, 8),
    level('PUD', 39, 512, 8),
    level('P4D', 48, 512, 8),
    level('PGD', 57, 512, 8),
  ],
  source: `${INTEL}; Linux Documentation/arch/x86/x86_64/5level-paging.rst`,
};

export const ARM64_4K_39: Geometry = {
  id: 'arm64-4k-39',
  name: 'arm64, 4 KiB pages, 39 bits',
  pageSize: 4096,
  userBits: 39,
  levels: [level('PTE', 21, 512, 8), level('PMD', 30, 512, 8), level('PGD', 39, 512, 8)],
  source: ARM,
};

export const ARM64_4K_48: Geometry = {
  id: 'arm64-4k-48',
  name: 'arm64, 4 KiB pages, 48 bits',
  pageSize: 4096,
  userBits: 48,
  levels: X86_64.levels,
  source: ARM,
};

export const ARM64_16K_47: Geometry = {
  id: 'arm64-16k-47',
  name: 'arm64, 16 KiB pages, 47 bits',
  pageSize: 16384,
  userBits: 47,
  levels: [level('PTE', 25, 2048, 8), level('PMD', 36, 2048, 8), level('PGD', 47, 2048, 8)],
  source: ARM,
};

export const ARM64_64K_42: Geometry = {
  id: 'arm64-64k-42',
  name: 'arm64, 64 KiB pages, 42 bits',
  pageSize: 65536,
  userBits: 42,
  levels: [level('PTE', 29, 8192, 8), level('PGD', 42, 8192, 8)],
  source: ARM,
};

export const RISCV64_SV39: Geometry = {
  id: 'riscv64-sv39',
  name: 'riscv64, Sv39',
  pageSize: 4096,
  userBits: 38,
  levels: ARM64_4K_39.levels,
  source: RISCV,
};

export const RISCV64_SV48: Geometry = {
  id: 'riscv64-sv48',
  name: 'riscv64, Sv48',
  pageSize: 4096,
  userBits: 47,
  levels: X86_64.levels,
  source: RISCV,
};

const RISCV64_SV57: Geometry = {
  id: 'riscv64-sv57',
  name: 'riscv64, Sv57',
  pageSize: 4096,
  userBits: 56,
  levels: X86_64_LA57.levels,
  source: RISCV,
};

/** The leaf has 256 entries in 2 KiB; region and segment tables have 2048 entries in 16 KiB. */
const S390X: Geometry = {
  id: 's390x',
  name: 's390x, 3 levels',
  pageSize: 4096,
  userBits: 42,
  levels: [level('PTE', 20, 256, 8), level('PMD', 31, 2048, 8), level('PGD', 42, 2048, 8)],
  source: 'z/Architecture Principles of Operation, chapter 3 (Dynamic Address Translation)',
};

/** All of them: some are ahead of their systems, whose kernels and C libraries are not described yet. */
export const GEOMETRIES: readonly Geometry[] = [
  I386,
  I386_PAE,
  X86_64,
  X86_64_PTI,
  X86_64_LA57,
  ARM64_4K_39,
  ARM64_4K_48,
  ARM64_16K_47,
  ARM64_64K_42,
  RISCV64_SV39,
  RISCV64_SV48,
  RISCV64_SV57,
  S390X,
];
