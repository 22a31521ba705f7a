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
  /** Whether start-up reads the vdso's headers, and so touches its pages. */
  readonly touchesVdso: boolean;
  /** Private file pages of a static, non-relocated program at rest, if more than the tail page. */
  readonly staticFilePages?: number;
  /** Pages of the C library's own bss in use at rest, for a dynamic program. */
  readonly libraryBssPages?: number;
  /** Mappings the dynamic loader makes for itself: pages, and how many of them are written. */
  readonly loaderMappings?: readonly LoaderMapping[];
  /** Heap pages in use at rest though the program never called malloc. */
  readonly heapPagesAtRest?: number;
  readonly source: string;
}

export interface LoaderMapping {
  readonly id: string;
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

export type Allocator = 'phkmalloc' | 'glibc' | 'musl-static' | 'musl-dynamic' | 'none';

export const C_LIBRARIES: Readonly<Record<CLibraryId, CLibrary>> = {
  'glibc-dynamic': {
    id: 'glibc-dynamic',
    name: 'glibc 2.36, dynamic',
    allocator: 'glibc',
    stackFrames: 5608,
    touchesVdso: true,
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
    id: 'glibc-static',
    name: 'glibc 2.36, static',
    allocator: 'glibc',
    stackFrames: 4872,
    touchesVdso: true,
    staticFilePages: 5, // IRELATIVE slots, RELRO and stdio's data; 4 without RELRO
    heapPagesAtRest: 2, // TLS comes from brk
    source: 'measured: glibc 2.36, Linux 6.18',
  },
  'musl-dynamic': {
    id: 'musl-dynamic',
    name: 'musl 1.2.3, dynamic',
    allocator: 'musl-dynamic',
    stackFrames: 432,
    touchesVdso: true,
    libraryBssPages: 1,
    heapPagesAtRest: 1,
    source: 'measured: musl 1.2.3, Linux 6.18',
  },
  'musl-static': {
    id: 'musl-static',
    name: 'musl 1.2.3, static',
    allocator: 'musl-static',
    stackFrames: 432,
    touchesVdso: false, // only when a clock is first read
    source: 'measured: musl 1.2.3, Linux 6.18',
  },
  'freebsd-static': {
    id: 'freebsd-static',
    name: 'FreeBSD libc, static',
    allocator: 'phkmalloc',
    stackFrames: 0, // one stack page in all, as ps showed it
    touchesVdso: false,
    source: 'freebsd-performance, June 2003, message 000283',
  },
  none: {
    id: 'none',
    name: 'no C library',
    allocator: 'none',
    stackFrames: 0,
    touchesVdso: false,
    source: 'nothing runs before the program’s own entry point',
  },
};
