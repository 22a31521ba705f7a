import * as l10n from '@vscode/l10n';
import { type Binary, type Note, PT } from '../binary/binary.js';
import type { CLibraryId } from './c-library.js';
import type { System } from './system.js';
import { SYSTEMS } from './systems.js';

export type OperatingSystem = 'linux' | 'freebsd' | 'netbsd' | 'openbsd' | 'solaris' | 'android';

/** What in the file named the operating system, for people; `sure` is false for a mere assumption. */
export interface Detected {
  readonly os: OperatingSystem;
  readonly because: string;
  readonly sure: boolean;
}

/** EI_OSABI values that name a system (gABI registry). Linux programs mostly carry 0. */
const OS_ABI: Readonly<Record<number, OperatingSystem>> = {
  2: 'netbsd',
  3: 'linux',
  6: 'solaris',
  9: 'freebsd',
  12: 'openbsd',
};

/** The `OS` word of a GNU ABI-tag note (glibc's elf.h: ELF_NOTE_OS_*). */
const GNU_OS: readonly (OperatingSystem | undefined)[] = ['linux', undefined, 'solaris', 'freebsd'];

const NOTE_OWNER: Readonly<Record<string, OperatingSystem>> = {
  FreeBSD: 'freebsd',
  NetBSD: 'netbsd',
  OpenBSD: 'openbsd',
  Android: 'android',
};

/** Dynamic loaders by path. */
const LOADERS: readonly (readonly [RegExp, OperatingSystem])[] = [
  [/^(\/usr)?\/lib\/(amd64|sparcv9|64)\/ld\.so\.1$|^\/usr\/lib\/ld\.so\.1$/, 'solaris'],
  [/\/ld-linux|\/ld-musl-|\/ld64\.so|\/ld\.so\.1$|\/ld-uClibc/, 'linux'],
  [/^\/system\/bin\/linker/, 'android'],
  [/\/libexec\/ld-elf(32)?\.so/, 'freebsd'],
  [/\/usr\/libexec\/ld\.so$/, 'openbsd'],
  [/\/libexec\/ld\.elf_so/, 'netbsd'],
];

/**
 * Which operating system a binary is for: by its notes, its loader, EI_OSABI, in this order; a
 * static program may carry none of them, and is then taken for Linux.
 */
export function detectOperatingSystem(binary: Binary): Detected {
  for (const note of binary.notes) {
    const os = noteSystem(note, binary.littleEndian);
    if (os) return { os, because: l10n.t('its {0} note', note.owner), sure: true };
  }
  const { interpreter } = binary;
  if (interpreter !== undefined) {
    const loader = LOADERS.find(([path]) => path.test(interpreter));
    if (loader) return { os: loader[1], because: l10n.t('its dynamic loader'), sure: true };
  }
  const os = OS_ABI[binary.osAbi];
  if (os) return { os, because: `EI_OSABI ${binary.osAbi}`, sure: true };
  return { os: 'linux', because: l10n.t('nothing in the file names a system'), sure: false };
}

function noteSystem(note: Note, littleEndian: boolean): OperatingSystem | undefined {
  if (note.owner === 'GNU' && note.type === 1) {
    return GNU_OS[note.descriptor[littleEndian ? 0 : 3] ?? 0xff];
  }
  // Type 1 is the ABI tag with these owners, too; other types say less.
  return note.type === 1 ? NOTE_OWNER[note.owner] : undefined;
}

/** The system of our list that a binary is for; undefined where the list has none. */
export function detectSystem(binary: Binary): System | undefined {
  const { os } = detectOperatingSystem(binary);
  if (os === 'freebsd' && !isFreeBsd4(binary)) return undefined;
  return SYSTEMS.find(
    (system) =>
      system.machine === binary.machine &&
      system.class === binary.class && // x32 programs are for x86-64, and 32-bit
      system.addressSpace.kind === os,
  );
}

/** FreeBSD's note says for which version; a program without one may be for any. */
function isFreeBsd4({ notes, littleEndian }: Binary): boolean {
  const note = notes.find(({ owner, type }) => owner === 'FreeBSD' && type === 1);
  if (!note || note.descriptor.length < 4) return true;
  const bytes = littleEndian ? note.descriptor.slice(0, 4).reverse() : note.descriptor.slice(0, 4);
  const version = bytes.reduce((n, byte) => n * 256 + byte, 0); // __FreeBSD_version
  return version >= 400_000 && version < 500_000;
}

/** Whether Go's linker made it: Go programs bring their own runtime, with or without a C library. */
export const isGo = ({ notes }: Binary): boolean => notes.some((note) => note.owner === 'Go');

/**
 * Whether no process begins with it, but programs map it: a shared object without a loader, unless it is
 * marked as a program or has nothing of a library, as a static program that can be anywhere.
 */
export const isLibrary = ({ type, interpreter, dynamic, entry }: Binary): boolean =>
  type === 'shared' &&
  interpreter === undefined &&
  dynamic?.pie !== true &&
  (entry === 0n || dynamic?.soname !== undefined || (dynamic?.needed.length ?? 0) > 0);

/** glibc's dynamic loader by its names on all machines (shlib-versions files of glibc). */
const GLIBC_LOADER = /\/ld-linux[^/]*\.so\.\d$|\/ld(?:64)?\.so\.\d$/;

/** A program's C library on a system, as far as its headers tell. */
export function detectCLibrary(binary: Binary, system: System): { id: CLibraryId; sure: boolean } {
  if (system.addressSpace.kind === 'freebsd') return { id: 'freebsd-static', sure: true };
  const { interpreter } = binary;
  if (interpreter !== undefined) {
    if (interpreter.includes('ld-musl')) return { id: 'musl-dynamic', sure: true };
    // uClibc's, for one, has another name, and those of libraries alike.
    return { id: 'glibc-dynamic', sure: GLIBC_LOADER.test(interpreter) };
  }
  // A library has the C library of each program that maps it, and none itself.
  if (isGo(binary) || isLibrary(binary)) return { id: 'none', sure: true };
  // glibc's start files carry the ABI tag; musl's and bare programs do not. Free Pascal's do, whose programs have
  // no TLS, as glibc's all have for errno. Both C libraries' start files bring .init along, which a program without any
  // has no use for.
  const hasTag = binary.notes.some((note) => note.owner === 'GNU' && note.type === 1);
  if (hasTag && binary.segments.some(({ type }) => type === PT.TLS)) {
    return { id: 'glibc-static', sure: true };
  }
  const names = binary.sections.map((section) => section.name);
  const stripped = names.length === 0;
  return {
    id: stripped || names.includes('.init') ? 'musl-static' : 'none',
    sure: !stripped && !names.includes('.init'),
  };
}
