import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import type { WhatIf } from '../what-if.js';

export const aslrOff: WhatIf = {
  id: 'aslr-off',
  title: msg('Addresses not randomised'),
  origin: 'today',
  change: msg(
    'Program, heap, libraries and stack lie where they always lie, as close as they can be.',
  ),
  price: msg('An attacker who finds a hole in the program knows where everything is.'),
  nothing: msg('The addresses are not randomised as it is.'),
  howTo: {
    text: msg(
      'For one program, start it with setarch; for all, set kernel.randomize_va_space to 0.',
    ),
    snippet: 'setarch --addr-no-randomize ./program',
  },
  source: 'Linux fs/binfmt_elf.c, arch/x86/mm/mmap.c',
  excludes: [],
  obstacle: ({ system, aslr }) =>
    system.addressSpace.kind !== 'linux' || !aslr
      ? l10n.t('Nothing is randomised here.')
      : undefined,
  subject: (subject) => ({ ...subject, aslr: false }),
};
