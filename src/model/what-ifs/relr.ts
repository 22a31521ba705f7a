import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import { count } from '../runs.js';
import type { WhatIf } from '../what-if.js';

export const relr: WhatIf = {
  id: 'relr',
  title: msg('Relative relocations packed'),
  origin: 'today',
  change: msg(
    'The list of what is to be relocated shrinks to a bit or two for each pointer. What is written stays the same.',
  ),
  price: msg('The dynamic loader has to know the format: glibc from 2.36 on, musl from 1.2.4 on.'),
  nothing: msg(
    'As many pages are relocated, however they are listed. Only the file gets smaller, and it is in RAM once.',
  ),
  howTo: { text: msg('A flag of the linker.'), snippet: 'gcc -Wl,-z,pack-relative-relocs' },
  source: 'gABI, SHT_RELR; glibc 2.36 NEWS',
  excludes: [],
  obstacle: ({ program: { binary } }) =>
    binary.dynamic && count(binary.relocated) > 0
      ? undefined
      : l10n.t('It has nothing that is relocated when it is loaded.'),
};
