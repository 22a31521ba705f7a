import * as l10n from '@vscode/l10n';
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
      : `${l10n.t('{0} is glibc 2.{1}, by the highest symbol version that it defines.', printable(libc.path), found)} ${measured()}`;
  }
  const needed = neededOf(binary);
  return needed > MEASURED_GLIBC
    ? `${l10n.t('The program needs glibc 2.{0} or a later one.', needed)} ${measured()}`
    : undefined;
}

const neededOf = ({ dynamic }: Binary): number => dynamic?.glibcNeeded ?? 0;

const measured = (): string =>
  l10n.t('What the C library does was measured with glibc 2.{0}, and may differ.', MEASURED_GLIBC);
