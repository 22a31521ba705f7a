import * as l10n from '@vscode/l10n';
import { msg } from '../msg.js';

const OTHER_SYSTEM = msg(
  'This is a program in the format {0}, not an ELF file. Open one that was built for Linux or a BSD.',
);

const STATIC_LIBRARY = msg(
  'This is a static library, an archive of object files, whose members become part of programs. Open one of those instead.',
);

/** How files begin that people take for ELF files, and what to say of them: of which format, where `{0}` is. */
const OTHERS: readonly (readonly [start: string, text: string, format?: string])[] = [
  ['!<arch>\n', STATIC_LIBRARY], // ARMAG of <ar.h>
  ['!<thin>\n', STATIC_LIBRARY], // ARMAGT of binutils' include/aout/ar.h
  ['MZ', OTHER_SYSTEM, 'PE (Windows)'], // the MS-DOS stub (PE Format)
  ['\xcf\xfa\xed\xfe', OTHER_SYSTEM, 'Mach-O (macOS)'], // MH_MAGIC_64 of <mach-o/loader.h>
  ['\xce\xfa\xed\xfe', OTHER_SYSTEM, 'Mach-O (macOS)'], // MH_MAGIC
  ['\0asm', OTHER_SYSTEM, 'WebAssembly'], // Core Specification 5.5.16
];

/** Why a file that begins so cannot be read, for people. */
export function notElf(start: Uint8Array): string {
  const characters = String.fromCharCode(...start);
  const [, text, format = ''] = OTHERS.find(([magic]) => characters.startsWith(magic)) ?? [];
  return text === undefined
    ? l10n.t('This is not an ELF file: it does not begin with 7f 45 4c 46.')
    : l10n.t(text, format);
}
