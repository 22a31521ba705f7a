import * as l10n from '@vscode/l10n';
import type { Machine } from '../binary/binary.js';
import type { StartUpVariable } from '../binary/known-symbols.js';
import { msg } from '../msg.js';
import { GLIBC_VARIABLES } from './glibc-variables.js';

/**
 * What a C library does to a process before and beside main(), as data. Each figure says with which
 * version it was measured. Page counts are of 4 KiB pages.
 */
export interface CLibrary {
  readonly id: CLibraryId;
  /** For people; the version is the one measured. */
  readonly name: string;
  readonly allocator: Allocator;
  /** Machine its counts were measured on; undefined where there is nothing to count. */
  readonly measuredOn: Machine | undefined;
  /** Machines on which the allocator's constants are those of its source. */
  readonly allocatorKnownOn: readonly Machine[];
  /** Bytes of stack frames below the auxiliary vector at rest in a program that does nothing. */
  readonly stackFrames: number;
  /** More of them for each library but the first: what the loader keeps on its stack while it looks for them. */
  readonly stackPerLibrary: number;
  /** Pages of the vdso that start-up touches. */
  readonly vdsoPages: number;
  /** Whether someone write-protects the RELRO part after relocation, which splits its region. */
  readonly protectsRelro: boolean;
  /**
   * Whose .dynamic start-up writes to: glibc reckons with the addresses in each, musl only tells
   * debuggers in the program's.
   */
  readonly writesDynamic: 'all' | 'program' | 'none';
  /**
   * File pages a program that is not relocated has written at rest at the end of its data, its tail
   * page among them.
   */
  readonly staticFilePages: number;
  /** The same at the end of its RELRO part, besides the page that follows. */
  readonly staticRelroPages: number;
  /**
   * Bytes that start-up writes to at the end of .data and of .data.rel.ro of a static program,
   * besides all of .got.plt.
   */
  readonly staticStartUp?: { readonly data: number; readonly relro: number } | undefined;
  /**
   * Bytes that start-up writes of a static program's variables, from so many on to so many; with what lies behind
   * one in its object file. Undefined where places in sections are all that is known.
   */
  readonly staticVariables?: StaticVariables | undefined;
  /** Bytes of file data behind RELRO that it adds to a static program; undefined where pages are all that is known. */
  readonly staticDataBytes?: number;
  /** The C library's part of a static program's bss; undefined where the default guess is as good. */
  readonly staticBss?: StaticBss | undefined;
  /** Pages of the C library's own bss in use at rest, for a dynamic program. */
  readonly libraryBssPages: number;
  /** The same of the C++ library's bss, at its end: what it writes whatever the program does. */
  readonly cxxBssPages?: number | undefined;
  /** Whether the dynamic loader gives the unused ends of objects' writable pages to malloc. */
  readonly donatesEnds: boolean;
  /** Whether the dynamic loader heeds that a library is aligned to more than pages. */
  readonly alignsLibraries?: boolean;
  /** What the dynamic loader allocates for itself; undefined where it is not known, or nothing. */
  readonly loaderHeap?: LoaderHeap | undefined;
  /** Where its counts come from, for people. */
  readonly source: string;
}

export type StaticVariables = Readonly<
  Record<StartUpVariable, readonly [from: number, to: number]>
>;

export interface StaticBss {
  readonly bytes: number;
  /** What of it is written at rest: from so many bytes before its end to so many. */
  readonly written: readonly (readonly [from: number, to: number])[];
  /**
   * What crtbeginT.o writes of it besides, which registers the program's frames; a
   * position-independent program has another.
   */
  readonly registered?: readonly [from: number, to: number];
}

/**
 * What glibc's loader allocates before the C library's malloc takes over, in bytes; the order is in
 * src/model/loader-heap.ts.
 */
export interface LoaderHeap {
  /** What an object has whatever its name: link_map, its address, its first libname_list (elf/dl-object.c). */
  readonly perObject: number;
  /** More of the program and the vdso: room for auditors (DL_NNS × struct auditstate). */
  readonly auditing: number;
  /** Lists of directories by processor (elf/dl-hwcaps.c, _dl_init_paths); a few bytes more or less with others. */
  readonly searchPaths: readonly number[];
  /**
   * For each directory of an RPATH besides its name and whose it is: struct r_search_path_elem with
   * states by processor.
   */
  readonly perDirectory: number;
  /** Directories that it searches in any case: one of an RPATH needs no record. */
  readonly systemDirectories: readonly string[];
  /** What $LIB stands for. */
  readonly libraryToken: string;
  /** For each symbol version: struct r_found_version. The vdso's highest index is Linux's. */
  readonly perVersion: number;
  readonly vdsoVersionIndex: number;
  /**
   * Entries of the list of modules beyond those there are (TLS_SLOTINFO_SURPLUS), and bytes of each
   * and of its head.
   */
  readonly slots: number;
  readonly perSlot: number;
  /** Entries of a thread's vector beyond its modules (DTV_SURPLUS and two), and bytes of each. */
  readonly vectorSurplus: number;
  readonly perVectorEntry: number;
  /** Kept free for modules loaded later (_dl_tls_static_surplus_init). */
  readonly tlsSurplus: number;
  /** struct pthread (TLS_TCB_SIZE), and what it is aligned to. */
  readonly threadBlock: number;
  readonly threadAlign: number;
  /** An entry of the table of symbols that are unique in a process: struct unique_sym (elf/dl-lookup.c). */
  readonly perUniqueSymbol: number;
  /** For _dl_find_object, each object but the program. */
  readonly perFoundObject: number;
}

export type CLibraryId =
  | 'glibc-dynamic'
  | 'glibc-static'
  | 'musl-dynamic'
  | 'musl-static'
  | 'freebsd-static'
  | 'none';

export type Allocator =
  | 'phkmalloc'
  | 'glibc'
  | 'glibc-static'
  | 'musl-static'
  | 'musl-dynamic'
  | 'unknown'
  | 'none';

const NOTHING = {
  stackFrames: 0,
  stackPerLibrary: 0,
  vdsoPages: 0,
  protectsRelro: false,
  writesDynamic: 'none',
  donatesEnds: false,
  staticFilePages: 0,
  staticRelroPages: 0,
  libraryBssPages: 0,
} as const;

/** src/malloc/mallocng/meta.h: units, classes and headers do not depend on the word size. */
const MALLOCNG: readonly Machine[] = ['x86-64', 'i386', 'arm64', 'riscv'];

/** N of the glibc 2.N that was measured. */
export const MEASURED_GLIBC = 36;

export const C_LIBRARIES: Readonly<Record<CLibraryId, CLibrary>> = {
  'glibc-dynamic': {
    ...NOTHING,
    id: 'glibc-dynamic',
    get name() {
      return l10n.t('glibc 2.{0}, dynamic', MEASURED_GLIBC);
    },
    allocator: 'glibc',
    measuredOn: 'x86-64',
    // malloc/malloc.c reckons in words (SIZE_SZ), and aligns to 16 bytes on all of these.
    allocatorKnownOn: ['x86-64', 'i386', 'arm64', 'riscv'],
    stackFrames: 5608,
    stackPerLibrary: 32, // struct list, as alloca aligns it (elf/dl-deps.c, _dl_map_object_deps)
    vdsoPages: 1,
    protectsRelro: true,
    writesDynamic: 'all',
    libraryBssPages: 5, // 4 at entry, 5 at rest
    cxxBssPages: 2, // of 3 that GCC 12's libstdc++ has; the first where the standard streams are used
    alignsLibraries: true,
    // Sizes as gdb and the loader's debug information have them: Debian's 2.36 for x86-64, on a processor of
    // x86-64-v3. sizeof (struct link_map) is 1,192.
    loaderHeap: {
      perObject: 1224,
      auditing: 256,
      searchPaths: [32, 235, 40, 320],
      perDirectory: 80,
      systemDirectories: [
        '/lib/x86_64-linux-gnu/',
        '/usr/lib/x86_64-linux-gnu/',
        '/lib/',
        '/usr/lib/',
      ],
      libraryToken: 'lib/x86_64-linux-gnu',
      perVersion: 24,
      vdsoVersionIndex: 2,
      slots: 63,
      perSlot: 16,
      vectorSurplus: 16,
      perVectorEntry: 16,
      tlsSurplus: 1664,
      threadBlock: 2368,
      threadAlign: 64,
      perUniqueSymbol: 32,
      perFoundObject: 32,
    },
    source: msg('Measured: glibc 2.36, Linux 6.18'),
  },
  'glibc-static': {
    ...NOTHING,
    id: 'glibc-static',
    get name() {
      return l10n.t('glibc 2.{0}, static', MEASURED_GLIBC);
    },
    allocator: 'glibc-static',
    measuredOn: 'x86-64',
    allocatorKnownOn: ['x86-64'], // what start-up leaves on the heap is measured
    stackFrames: 4872,
    vdsoPages: 1,
    protectsRelro: true,
    writesDynamic: 'all',
    staticFilePages: 3, // stdio's data
    staticRelroPages: 2, // and IRELATIVE slots behind it
    // All of libc's own .data in the smallest program; between 0xf48 and 0x1288 bytes of .data.rel.ro.
    staticStartUp: { data: 0x19f8, relro: 0x1100 },
    staticVariables: GLIBC_VARIABLES,
    staticDataBytes: 8792, // .got.plt, .data, and up to .bss, less what a dynamic program has there
    // With GNU ld, on AMD EPYC; lld and mold have it in another order, which rarely is another page.
    staticBss: {
      bytes: 22_528,
      written: [
        [22_528, 19_808],
        [2_256, 624],
      ],
      registered: [64, 32],
    },
    source: msg('Measured: glibc 2.36, Linux 6.18'),
  },
  'musl-dynamic': {
    ...NOTHING,
    id: 'musl-dynamic',
    name: msg('musl 1.2.3, dynamic'),
    allocator: 'musl-dynamic',
    measuredOn: 'x86-64',
    allocatorKnownOn: MALLOCNG,
    stackFrames: 1936, // the dynamic loader's frames reach deeper than any of a small program
    vdsoPages: 1,
    protectsRelro: true,
    writesDynamic: 'program',
    donatesEnds: true, // among them the one page of its own bss that is in use
    source: msg('Measured: musl 1.2.3, Linux 6.18'),
  },
  'musl-static': {
    ...NOTHING,
    id: 'musl-static',
    name: msg('musl 1.2.3, static'),
    allocator: 'musl-static',
    measuredOn: 'x86-64',
    allocatorKnownOn: MALLOCNG,
    stackFrames: 432,
    staticBss: { bytes: 584, written: [[584, 136]] }, // as much as the smallest programs have
    source: msg('Measured: musl 1.2.3, Linux 6.18'), // the vdso is touched when a clock is first read
  },
  'freebsd-static': {
    ...NOTHING,
    id: 'freebsd-static',
    name: msg('FreeBSD libc, static'),
    allocator: 'phkmalloc',
    measuredOn: 'i386',
    allocatorKnownOn: ['i386'],
    staticFilePages: 1, // crt1 stores environ and the program's name
    source: 'freebsd-performance, June 2003, message 000283',
  },
  none: {
    ...NOTHING,
    id: 'none',
    name: msg('no C library'),
    allocator: 'none',
    measuredOn: undefined,
    allocatorKnownOn: [],
    source: msg('Nothing runs before the program’s own entry point'),
  },
};

/** Whether a C library's counts hold on a machine: nobody measured them anywhere but where they are from. */
export const isMeasuredOn = ({ measuredOn }: CLibrary, machine: Machine): boolean =>
  measuredOn === undefined || measuredOn === machine;

/**
 * A C library as far as it is known on a machine. Elsewhere than where it was measured, what follows
 * from its source is left, and no count.
 */
export function cLibraryOn(id: CLibraryId, machine: Machine): CLibrary {
  const library = C_LIBRARIES[id];
  if (isMeasuredOn(library, machine)) return library;
  return {
    ...library,
    ...NOTHING,
    loaderHeap: undefined,
    cxxBssPages: undefined,
    staticStartUp: undefined,
    staticVariables: undefined,
    staticBss: undefined,
    writesDynamic: library.writesDynamic,
    protectsRelro: library.protectsRelro, // by mprotect, whatever the machine
    allocator: library.allocatorKnownOn.includes(machine) ? library.allocator : 'unknown',
  };
}
