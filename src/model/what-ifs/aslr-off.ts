import type { WhatIf } from '../what-if.js';

export const aslrOff: WhatIf = {
  id: 'aslr-off',
  title: 'Addresses not randomised',
  origin: 'today',
  change: 'Program, heap, libraries and stack lie where they always lie, as close as they can be.',
  price: 'An attacker who finds a hole in the program knows where everything is.',
  nothing: 'The addresses are not randomised as it is.',
  howTo: {
    text: 'For one program, start it with setarch; for all, set kernel.randomize_va_space to 0.',
    snippet: 'setarch --addr-no-randomize ./program',
  },
  source: 'Linux fs/binfmt_elf.c, arch/x86/mm/mmap.c',
  excludes: [],
  obstacle: ({ system, aslr }) =>
    system.addressSpace.kind !== 'linux' || !aslr ? 'Nothing is randomised here.' : undefined,
  subject: (subject) => ({ ...subject, aslr: false }),
};
