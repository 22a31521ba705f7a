/**
 * The rules every number follows. A row names one of these; panel, report and documentation show
 * the statement and where it comes from, so that any number can be followed to its source.
 */
export interface Rule {
  readonly statement: string;
  readonly source: string;
}

const MEASURED = 'Measured on Linux 6.18, x86-64; see docs/model.md';

export const RULES = {
  relocation: {
    statement:
      'A file page becomes private when something is written to it before main(): each page with a relocation target, the page of the first .dynamic entry, and the last page of the file part, whose rest the kernel zeroes.',
    source: `${MEASURED}. Linux fs/binfmt_elf.c (padzero); glibc elf/do-rel.h`,
  },
  tail: {
    statement:
      'In a program that is not relocated, only the last page of the file part of its data is private at entry: the kernel zeroes the rest of it.',
    source: 'Linux fs/binfmt_elf.c (padzero); FreeBSD 4 sys/kern/imgact_elf.c',
  },
  'static-libc': {
    statement:
      'The start-up code of a static C library writes some pages of the program’s data: a count measured for the library’s version.',
    source: MEASURED,
  },
  bss: {
    statement:
      'Which bss pages a program writes is not in its headers: at most two are counted for a program, one for a library and for a program with glibc in it, unless the workload says otherwise.',
    source: 'A guess that fits small programs; measure to know',
  },
  'library-bss': {
    statement: 'Pages of the C library’s own bss in use at rest: a count measured for its version.',
    source: MEASURED,
  },
  loader: {
    statement:
      'The dynamic loader maps memory for its own allocator and for the thread control block: counts measured for its version.',
    source: MEASURED,
  },
  heap: {
    statement:
      'The allocator’s own rule decides which pages its first requests open, and which of them it writes.',
    source: 'phkmalloc of FreeBSD 4, glibc 2.36 malloc, musl 1.2.3 mallocng; see docs/model.md',
  },
  stack: {
    statement:
      'Strings of environment and arguments lie at the top, then (randomised) a gap, of up to 8191 bytes on x86 and a page elsewhere, then auxiliary vector and frames: the pages they touch, averaged over the gap.',
    source: 'Linux fs/exec.c, arch_align_stack; frames measured for the C library’s version',
  },
  tables: {
    statement:
      'A table exists for each distinct address >> shift of the touched pages, and one top table. Where addresses are randomised, the mean over placements.',
    source: 'The machine’s paging format; agreed with VmPTE in 1594 of 1594 snapshots',
  },
  'table-entries': {
    statement:
      'Instead of tables a process keeps a list of the entries that are its own: those of its private pages, two words each. The tables they are written into exist once.',
    source:
      'A what-if: freebsd-performance, June 2003; no kernel has it. Entry size: the machine’s paging format',
  },
  'shared-tables': {
    statement:
      'Tables that map nothing but shared pages say the same in each process that has them at the same addresses, and could exist once.',
    source: 'A what-if: Linux does so for hugetlbfs only (mm/hugetlb.c, huge_pmd_share)',
  },
  'kernel-fixed': {
    statement: 'What the kernel allocates for any process, whatever it maps.',
    source: 'Bytes of slab measured on Linux 6.18; FreeBSD 4 sys/i386/include/param.h (UPAGES)',
  },
  'kernel-regions': {
    statement:
      'What the kernel allocates for each region, each region with anonymous pages, each mapped file, and for the tree that holds the regions.',
    source: 'Bytes of slab measured on Linux 6.18',
  },
  'shared-file': {
    statement:
      'File pages that no process writes are in RAM once, however many processes map them. From one page of each file up to all of it.',
    source: 'Linux mm/filemap.c (fault-around); FreeBSD 4 sys/vm/vm_fault.c',
  },
  forked: {
    statement:
      'A process forked from another has for itself what it writes; the pages of the other are in RAM once, and so are that one’s tables and kernel objects.',
    source: `${MEASURED}. Linux kernel/fork.c`,
  },
  missing: {
    statement: 'The file was not found on this machine, so its cost is not known. It is not zero.',
    source: 'The dynamic loader’s search order (ld.so(8))',
  },
  'not-known': {
    statement: 'This exists, but nobody here knows how large it is. It is not in the sum.',
    source: 'No measurement',
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof RULES;
