import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import { atFixedAddresses, hasTextStart, isPositionIndependent } from '../relink.js';
import type { WhatIf } from '../what-if.js';

export const noPie: WhatIf = {
  id: 'no-pie',
  title: msg('Linked at fixed addresses'),
  origin: 'today',
  change: msg(
    'Pointers to the program’s own data are right in the file, so their pages are not written when it starts, and stay shared.',
  ),
  price: msg(
    'The program lies where an attacker expects it; libraries, stack and heap still move.',
  ),
  nothing: msg('It has hardly any pointers to relocate.'),
  howTo: {
    text: msg('Compile and link without PIE; objects compiled with it will do, too.'),
    snippet: 'gcc -no-pie -fno-pie',
  },
  source: msg('ld’s emulparams (TEXT_START_ADDR); glibc elf/do-rel.h'),
  excludes: [],
  obstacle({ program: { binary }, system }) {
    if (system.addressSpace.kind !== 'linux')
      return l10n.t('Its system loads no such programs elsewhere.');
    if (!isPositionIndependent(binary)) return l10n.t('It is linked at fixed addresses as it is.');
    return hasTextStart(binary.machine)
      ? undefined
      : l10n.t('Where a linker would put it is not known.');
  },
  subject: (subject) => ({
    ...subject,
    program: { ...subject.program, binary: atFixedAddresses(subject.program.binary) },
  }),
};
