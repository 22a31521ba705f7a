/**
 * What a C library does to a process before and beside main(), as data. Measured on x86-64; each
 * figure says with which version. Page counts are of 4 KiB pages.
 */
export interface CLibrary {
  readonly id: CLibraryId;
  /** For people; the version is the one measured. */
  readonly name: string;
  readonly allocator: Allocator;
  /** Bytes of stack frames below the auxiliary vector at rest in a program that does nothing. */
  readonly stackFrames: number;
  /** Pages of the vdso that start-up touches. */
  readonly vdsoPages: number;
  /** Whether someone write-protects the RELRO part after relocation, which splits its region. */
  readonly protectsRelro: boolean;
  /** File pages a program that is not relocated has written at rest, its tail page among them. */
  readonly staticFilePages: number;
  /** Pages of the C library's own bss in use at rest, for a dynamic program. */
  readonly libraryBssPages: number;
  /** Mappings the dynamic loader makes for itself. */
  readonly loaderMappings: readonly LoaderMapping[];
  readonly source: string;
}

export interface LoaderMapping {
  readonly id: 'loader-malloc' | 'tls';
  readonly label: string;
  readonly pages: number;
  readonly written: number;
  /** Written pages when more than one library is loaded. */
  readonly writtenWithLibraries?: number;
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
  | 'none';

const NOTHING = {
  vdsoPages: 0,
  protectsRelro: false,
  staticFilePages: 0,
  libraryBssPages: 0,
  loaderMappings: [],
} as const;

export const C_LIBRARIES: Readonly<Record<CLibraryId, CLibrary>> = {
  'glibc-dynamic': {
    ...NOTHING,
    id: 'glibc-dynamic',
    name: 'glibc 2.36, dynamic',
    allocator: 'glibc',
    stackFrames: 5608,
    vdsoPages: 1,
    protectsRelro: true,
    libraryBssPages: 5, // 4 at entry, 5 at rest
    loaderMappings: [
      {
        id: 'loader-malloc',
        label: 'ld.so’s own malloc',
        pages: 2,
        written: 1,
        writtenWithLibraries: 2,
      },
      { id: 'tls', label: 'Thread control block and TLS', pages: 3, written: 2 },
    ],
    source: 'measured: glibc 2.36, Linux 6.18',
  },
  'glibc-static': {
    ...NOTHING,
    id: 'glibc-static',
    name: 'glibc 2.36, static',
    allocator: 'glibc-static',
    stackFrames: 4872,
    vdsoPages: 1,
    protectsRelro: true,
    staticFilePages: 5, // IRELATIVE slots, RELRO and stdio's data; 4 without RELRO
    source: 'measured: glibc 2.36, Linux 6.18',
  },
  'musl-dynamic': {
    ...NOTHING,
    id: 'musl-dynamic',
    name: 'musl 1.2.3, dynamic',
    allocator: 'musl-dynamic',
    stackFrames: 1936, // the dynamic loader's frames reach deeper than any of a small program
    vdsoPages: 1,
    protectsRelro: true,
    libraryBssPages: 1,
    source: 'measured: musl 1.2.3, Linux 6.18',
  },
  'musl-static': {
    ...NOTHING,
    id: 'musl-static',
    name: 'musl 1.2.3, static',
    allocator: 'musl-static',
    stackFrames: 432,
    staticFilePages: 1,
    source: 'measured: musl 1.2.3, Linux 6.18; the vdso is touched when a clock is first read',
  },
  'freebsd-static': {
    ...NOTHING,
    id: 'freebsd-static',
    name: 'FreeBSD libc, static',
    allocator: 'phkmalloc',
    stackFrames: 0, // one stack page in all, as ps showed it
    staticFilePages: 1, // crt1 stores environ and the program's name
    source: 'freebsd-performance, June 2003, message 000283',
  },
  none: {
    ...NOTHING,
    id: 'none',
    name: 'no C library',
    allocator: 'none',
    stackFrames: 0,
    source: 'nothing runs before the program’s own entry point',
  },
};
