import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import { lastWritable } from '../load-segments.js';
import type { WhatIf } from '../what-if.js';
import { mergedBss } from './merged-bss.js';
import { THREAD } from './thread.js';

export const mergeDataBss: WhatIf = {
  id: 'merge-data-bss',
  title: msg('bss right behind the data'),
  origin: 'june-2003',
  change: msg('Data and bss share the page that the first ends and the second begins on.'),
  price: msg('None at run time: the kernel zeroes the rest of that page instead of a whole one.'),
  nothing: msg('The bss begins where the data end as it is.'),
  howTo: {
    text: msg(
      'The linker’s own script does it. Leave out of a script of your own what aligns .bss to a page.',
    ),
    snippet: undefined,
  },
  get source() {
    return `${l10n.t(THREAD)}; Linux fs/binfmt_elf.c (padzero)`;
  },
  excludes: [],
  obstacle: ({ program: { binary } }) =>
    lastWritable(binary) ? undefined : l10n.t('It has no segment that can be written.'),
  subject: (subject) => ({
    ...subject,
    program: { ...subject.program, binary: mergedBss(subject.program.binary) },
  }),
};
