import type { Binary } from '../binary/binary.js';
import { printable } from '../format.js';
import { type CLibrary, MEASURED_GLIBC } from '../system/c-library.js';
import type { Program } from './program.js';

/**
 * What people should know where a dynamic program's glibc is not the one that was measured;
 * undefined where it is, and where the files do not tell. A release without a new symbol in libc
 * (2.37, 2.40) shows the version before it. musl has no symbol versions.
 */
export function otherGlibc({ binary, libraries }: Program, cLibrary: CLibrary): string | undefined {
  if (cLibrary.id !== 'glibc-dynamic') return undefined;
  const libc = libraries.find(({ name }) => /^libc\.so\.6/.test(name));
  const found = libc?.binary.dynamic?.glibcDefined;
  if (libc && found !== undefined) {
    return found === MEASURED_GLIBC
      ? undefined
      : `${printable(libc.path)} is glibc 2.${found}, by the highest symbol version that it defines. ${MEASURED}`;
  }
  const needed = neededOf(binary);
  return needed > MEASURED_GLIBC
    ? `The program needs glibc 2.${needed} or a later one. ${MEASURED}`
    : undefined;
}

const neededOf = ({ dynamic }: Binary): number => dynamic?.glibcNeeded ?? 0;

const MEASURED = `What the C library does was measured with glibc 2.${MEASURED_GLIBC}, and may differ.`;
