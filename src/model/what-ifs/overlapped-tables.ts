import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import type { WhatIf } from '../what-if.js';
import { insteadOfTables, ownEntries, tablesOnce } from './own-entries.js';
import { THREAD } from './thread.js';

export const overlappedTables: WhatIf = {
  id: 'overlapped-tables',
  title: msg('Nearly identical page tables laid over each other'),
  origin: 'june-2003',
  change: msg(
    'The processes of a program have one set of tables, and each a list of the entries in which it differs, which are copied there when it is dispatched.',
  ),
  price: msg(
    'Time at each switch to another process of the program, for as many entries as it has private pages. Two processors that run the program need a set each.',
  ),
  nothing: msg('The list of its private pages is as long as its tables.'),
  howTo: undefined,
  get source() {
    return l10n.t('{0}, 24 and 25 June', l10n.t(THREAD));
  },
  excludes: ['dynamic-tables', 'shared-text-tables'],
  obstacle: ({ system, aslr }) =>
    aslr && system.addressSpace.kind === 'linux'
      ? l10n.t(
          'With randomised addresses no two processes have nearly the same tables; with aslr-off they have.',
        )
      : undefined,
  rows: (rows, made) =>
    insteadOfTables(
      rows,
      ownEntries(rows, made, l10n.t('Entries of its own')),
      tablesOnce(rows, made, 'shared:table-template', l10n.t('Template of the page tables')),
    ),
};
