import * as l10n from '@vscode/l10n';
import { msg } from '../msg.js';

/**
 * The rules every number follows. A row names one of these; panel, report and documentation show
 * the statement and where it comes from, so that any number can be followed to its source.
 */
export interface Rule {
  readonly statement: string;
  readonly source: string;
}

const MEASURED = msg('Measured on Linux 6.18, x86-64; see docs/model.md');

export const RULES = {
  relocation: {
    statement: msg(
      'A file page becomes private when something is written to it before main(): each page with a relocation target, the page of the first .dynamic entry, and the last page of the file part, whose rest the kernel zeroes.',
    ),
    get source() {
      return `${l10n.t(MEASURED)}. Linux fs/binfmt_elf.c (padzero); glibc elf/do-rel.h`;
    },
  },
  tail: {
    statement: msg(
      'In a program that is not relocated, only the last page of the file part of its data is private at entry: the kernel zeroes the rest of it.',
    ),
    source: 'Linux fs/binfmt_elf.c (padzero); FreeBSD 4 sys/kern/imgact_elf.c',
  },
  'static-libc': {
    statement: msg(
      'The start-up code of a static C library writes some pages of the program’s data: a count measured for the library’s version.',
    ),
    source: MEASURED,
  },
  bss: {
    statement: msg(
      'Which bss pages a program writes is not in its headers: at most two are counted for a program, one for a library that has functions to run before main(), none for any other library, unless the workload says otherwise.',
    ),
    source: msg('A guess that fits small programs; measure to know'),
  },
  'library-bss': {
    statement: msg(
      'Pages of the C or C++ library’s own bss in use at rest: a count measured for its version.',
    ),
    source: MEASURED,
  },
  loader: {
    statement: msg(
      'The dynamic loader’s own allocator is asked for records of each object and for the thread’s block with the static TLS of all. What for follows from the files; how large each is, from the loader’s version.',
    ),
    source: msg('glibc 2.36: elf/dl-minimal-malloc.c, dl-object.c, dl-load.c, dl-tls.c'),
  },
  heap: {
    statement: msg(
      'The allocator’s own rule decides which pages its first requests open, and which of them it writes.',
    ),
    source: msg(
      'phkmalloc of FreeBSD 4, glibc 2.36 malloc, musl 1.2.3 mallocng; see docs/model.md',
    ),
  },
  stack: {
    statement: msg(
      'Strings of environment and arguments lie at the top, then (randomised) a gap, of up to 8191 bytes on x86 and a page elsewhere, then auxiliary vector and frames: the pages they touch, averaged over the gap.',
    ),
    source: msg('Linux fs/exec.c, arch_align_stack; frames measured for the C library’s version'),
  },
  tables: {
    statement: msg(
      'A table exists for each distinct address >> shift of the touched pages, and one top table. Where addresses are randomised, the mean over placements. A file as large as a huge page is taken to be aligned to one, unless it lies on a file system of this machine that does not have it so, as overlayfs.',
    ),
    source: msg(
      'The machine’s paging format; compared with VmPTE of live processes, see docs/accuracy.md',
    ),
  },
  'table-entries': {
    statement: msg(
      'Instead of tables a process keeps a list of the entries that are its own: those of its private pages, two words each. The tables they are written into exist once.',
    ),
    source: msg(
      'A what-if: freebsd-performance, June 2003; no kernel has it. Entry size: the machine’s paging format',
    ),
  },
  'shared-tables': {
    statement: msg(
      'Tables that map nothing but shared pages say the same in each process that has them at the same addresses, and could exist once.',
    ),
    source: msg('A what-if: Linux does so for hugetlbfs only (mm/hugetlb.c, huge_pmd_share)'),
  },
  'kernel-fixed': {
    statement: msg('What the kernel allocates for any process, whatever it maps.'),
    source: msg(
      'Bytes of slab measured on Linux 6.18; FreeBSD 4 sys/i386/include/param.h (UPAGES)',
    ),
  },
  'kernel-regions': {
    statement: msg(
      'What the kernel allocates for each region, each region with anonymous pages, each mapped file, and for the tree that holds the regions.',
    ),
    source: msg('Bytes of slab measured on Linux 6.18'),
  },
  'shared-file': {
    statement: msg(
      'File pages that no process writes are in RAM once, however many processes map them. From one page of each file up to all of it; of a library without code, not its constants.',
    ),
    source: 'Linux mm/filemap.c (fault-around); FreeBSD 4 sys/vm/vm_fault.c',
  },
  forked: {
    statement: msg(
      'A process forked from another has for itself what it writes; the pages of the other are in RAM once, and so are that one’s tables and kernel objects.',
    ),
    get source() {
      return `${l10n.t(MEASURED)}. Linux kernel/fork.c`;
    },
  },
  missing: {
    statement: msg(
      'The file was not found on this machine, so its cost is not known. It is not zero.',
    ),
    source: msg('The dynamic loader’s search order (ld.so(8))'),
  },
  'not-known': {
    statement: msg('This exists, but nobody here knows how large it is. It is not in the sum.'),
    source: msg('No measurement'),
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof RULES;
