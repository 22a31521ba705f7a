import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import type { WhatIf } from '../what-if.js';
import { THREAD } from './thread.js';

export const smallerStack: WhatIf = {
  id: 'smaller-stack',
  title: msg('No stack reserved beyond what is in use'),
  origin: 'june-2003',
  change: msg(
    'The stack’s region is as large as its pages in use; it is address space that is saved.',
  ),
  price: msg('A kernel that does not extend it ends a program that needs more.'),
  nothing: msg(
    'The reservation is address space and no RAM: a page of stack costs when it is first touched.',
  ),
  howTo: {
    text: msg('Linux begins with 128 KiB, or with the limit where that is smaller.'),
    snippet: '(ulimit -s 64; exec ./program)',
  },
  get source() {
    return `${l10n.t(THREAD)}; Linux fs/exec.c (setup_arg_pages)`;
  },
  excludes: [],
  obstacle: () => undefined,
  subject: (subject) => {
    const { system } = subject;
    // One page, or as many as are in use.
    const addressSpace = { ...system.addressSpace, stackPages: 1 };
    return { ...subject, system: { ...system, addressSpace } };
  },
};
