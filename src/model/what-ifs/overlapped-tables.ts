import type { WhatIf } from '../what-if.js';
import { insteadOfTables, ownEntries, tablesOnce } from './own-entries.js';
import { THREAD } from './thread.js';

export const overlappedTables: WhatIf = {
  id: 'overlapped-tables',
  title: 'Nearly identical page tables laid over each other',
  origin: 'june-2003',
  change:
    'The processes of a program have one set of tables, and each a list of the entries in which it differs, which are copied there when it is dispatched.',
  price:
    'Time at each switch to another process of the program, for as many entries as it has private pages. Two processors that run the program need a set each.',
  nothing: 'The list of its private pages is as long as its tables.',
  howTo: undefined,
  source: `${THREAD}, 24 and 25 June`,
  excludes: ['dynamic-tables', 'shared-text-tables'],
  obstacle: ({ system, aslr }) =>
    aslr && system.addressSpace.kind === 'linux'
      ? 'With randomised addresses no two processes have nearly the same tables; with aslr-off they have.'
      : undefined,
  rows: (rows, made) =>
    insteadOfTables(
      rows,
      ownEntries(rows, made, 'Entries of its own'),
      tablesOnce(rows, made, 'shared:table-template', 'Template of the page tables'),
    ),
};
