import { msg } from '../../msg.js';
import type { WhatIf } from '../what-if.js';

export const gcSections: WhatIf = {
  id: 'gc-sections',
  title: msg('Unused sections left out'),
  origin: 'today',
  change: msg(
    'Functions and variables that nothing refers to are not in the file. How many, only the linker knows: -Wl,--print-gc-sections tells.',
  ),
  price: msg(
    'Everything is compiled again; what is found by name or by section only has to be kept by hand.',
  ),
  nothing: msg(
    'Dead code and dead data are never touched, so they were no private pages before; only dead pointers that are relocated were, and those are not told apart here.',
  ),
  howTo: {
    text: msg('Flags of the compiler and of the linker.'),
    snippet: 'gcc -ffunction-sections -fdata-sections -Wl,--gc-sections',
  },
  source: msg('ld’s manual, --gc-sections'),
  excludes: [],
  obstacle: () => undefined,
};
