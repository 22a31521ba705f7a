import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import type { Row } from '../cost.js';
import type { Made, WhatIf } from '../what-if.js';
import { insteadOfTables, ownEntries, tablesOnce } from './own-entries.js';
import { THREAD } from './thread.js';

/**
 * Private pages up to which tables are made anew. The thread says that a process with many keeps its
 * tables, and gives no number: a choice, at which the list takes eight cache lines of 64 bytes to read (on a
 * 64-bit machine) each time the process is dispatched.
 */
const MOST_PRIVATE_PAGES = 32;

export const dynamicTables: WhatIf = {
  id: 'dynamic-tables',
  title: msg('Page tables made when a process is dispatched'),
  origin: 'june-2003',
  get change() {
    return l10n.t(
      'A process that does not run has no tables, only a list of its private pages. One with more than {0} of those keeps its tables.',
      MOST_PRIVATE_PAGES,
    );
  },
  price: msg(
    'Time each time it is dispatched: tables are cleared and entries written, and shared pages are found again as they are touched. Each processor has a set of tables.',
  ),
  get nothing() {
    return l10n.t(
      'A process with more than {0} private pages keeps its tables, so nothing changes for it.',
      MOST_PRIVATE_PAGES,
    );
  },
  howTo: undefined,
  source: THREAD,
  excludes: ['overlapped-tables', 'shared-text-tables'],
  obstacle: () => undefined,
  rows: (rows, made) =>
    privatePages(rows, made) > MOST_PRIVATE_PAGES
      ? rows
      : insteadOfTables(
          rows,
          ownEntries(rows, made, l10n.t('List of its private pages')),
          tablesOnce(
            rows,
            made,
            'shared:dispatched-tables',
            l10n.t('Tables of the process that runs'),
          ),
        ),
};

function privatePages(rows: readonly Row[], { subject }: Made): number {
  const own = rows.filter((row) => row.category === 'private');
  const bytes = own.reduce((sum, row) => sum + (row.bytes ?? 0), 0);
  return bytes / subject.system.geometry.pageSize;
}
