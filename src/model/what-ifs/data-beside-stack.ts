import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import type { WhatIf } from '../what-if.js';
import { besideStack, noneBesideStack } from './beside-stack.js';
import { THREAD } from './thread.js';

export const dataBesideStack: WhatIf = {
  id: 'data-beside-stack',
  title: msg('Data and bss on the stack’s page'),
  origin: 'june-2003',
  change: msg('The stack begins lower by the size of data and bss, which lie above it.'),
  price: msg(
    'Data are copied at exec: pages of them that nobody writes are no longer shared. Where the stack is randomised, code has to find them through a register. A stack that overflows upwards hits them.',
  ),
  nothing: msg('Stack and data together fill as many pages as each for itself.'),
  howTo: undefined,
  get source() {
    return l10n.t('{0}, 25 June', l10n.t(THREAD));
  },
  excludes: ['one-page', 'data-executable', 'link-beside-stack'],
  obstacle: noneBesideStack,
  subject: besideStack,
};
