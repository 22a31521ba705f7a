/**
 * How a machine's page tables are built. Levels go from the leaf upwards; the last is the top table,
 * of which every process has exactly one.
 */
export interface Geometry {
  /** Bytes of a page. */
  readonly pageSize: number;
  readonly levels: readonly Level[];
  /** First address, as a power of two, that user space cannot have: 2^userBits. */
  readonly userBits: number;
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
const RISCV = 'RISC-V privileged specification, chapter Supervisor-Level ISA (Sv39, Sv48)';

/** i386 with two levels: 1,024 entries of four bytes, so that a table of the lowest maps 4 MiB. */
export const I386: Geometry = {
  pageSize: 4096,
  userBits: 32,
  levels: [level('PTE', 22, 1024, 4), level('PGD', 32, 1024, 4)],
  source: INTEL,
};

/**
 * i386 with PAE. The kernel makes the three PMD pages of user space with the process (pgd_alloc). From Linux 6.16 on
 * it makes the fourth, too, and takes a whole page for the top table: not this one.
 */
export const I386_PAE: Geometry = {
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
  levels: X86_64.levels.map((l) => (l.name === 'PGD' ? { ...l, tableBytes: 8192 } : l)),
  source: `${INTEL}; Linux Documentation/arch/x86/pti.rst`,
};

export const X86_64_LA57: Geometry = {
  ...X86_64,
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
  pageSize: 4096,
  userBits: 39,
  levels: [level('PTE', 21, 512, 8), level('PMD', 30, 512, 8), level('PGD', 39, 512, 8)],
  source: ARM,
};

export const ARM64_4K_48: Geometry = {
  pageSize: 4096,
  userBits: 48,
  levels: X86_64.levels,
  source: ARM,
};

export const ARM64_16K_47: Geometry = {
  pageSize: 16384,
  userBits: 47,
  levels: [level('PTE', 25, 2048, 8), level('PMD', 36, 2048, 8), level('PGD', 47, 2048, 8)],
  source: ARM,
};

export const ARM64_64K_42: Geometry = {
  pageSize: 65536,
  userBits: 42,
  levels: [level('PTE', 29, 8192, 8), level('PGD', 42, 8192, 8)],
  source: ARM,
};

export const RISCV64_SV39: Geometry = {
  pageSize: 4096,
  userBits: 38,
  levels: ARM64_4K_39.levels,
  source: RISCV,
};

export const RISCV64_SV48: Geometry = {
  pageSize: 4096,
  userBits: 47,
  levels: X86_64.levels,
  source: RISCV,
};
