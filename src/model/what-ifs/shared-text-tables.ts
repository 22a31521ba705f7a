import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import type { Row } from '../cost.js';
import type { Placed } from '../mapping.js';
import { PROGRAM_PREFIX, tablesRow } from '../row-ids.js';
import { coarsen, count, type Runs, shift, subtract, union } from '../runs.js';
import { sumQuality } from '../sum-quality.js';
import { levelsOf } from '../table-levels.js';
import type { Made, Subject, WhatIf } from '../what-if.js';
import { THREAD } from './thread.js';

export const sharedTextTables: WhatIf = {
  id: 'shared-text-tables',
  title: msg('Page tables of code once for all processes'),
  origin: 'june-2003',
  change: msg('Tables all of whose entries map shared pages exist once, as those pages do.'),
  price: msg(
    'The kernel counts who uses a table, and makes a copy when one of them changes an entry: more work at exec, fork and exit.',
  ),
  nothing: msg('Each of its tables maps a private page, too.'),
  howTo: undefined,
  get source() {
    return `${l10n.t(THREAD)}; Linux mm/hugetlb.c (huge_pmd_share)`;
  },
  excludes: ['overlapped-tables', 'dynamic-tables'],
  obstacle: (subject) =>
    isRandomised(subject) && subject.program.binary.type !== 'executable'
      ? l10n.t(
          'With randomised addresses each process has its code elsewhere in its tables; not so with aslr-off.',
        )
      : undefined,
  rows: (rows, made) => {
    const shared = sharedTables(made);
    const { levels } = made.subject.system.geometry;
    const tables = new Map(levels.map(({ name }, i) => [tablesRow(name), shared[i] ?? 0]));
    const bytes = new Map(
      levels.map((l, i) => [tablesRow(l.name), (shared[i] ?? 0) * l.tableBytes]),
    );
    const once = [...bytes.values()].reduce((a, b) => a + b, 0);
    if (once === 0) return rows;
    const less = rows.map((row) =>
      tables.get(row.id) ? withLess(row, bytes.get(row.id) ?? 0, made) : row,
    );
    return [...less, sharedRow(rows, once, made)];
  },
};

const isRandomised = ({ system, aslr }: Subject): boolean =>
  aslr && system.addressSpace.kind === 'linux';

/**
 * Tables of each level but the top one that map no private page, nor one that lies elsewhere in each
 * process: then only what is as linked lies the same in all.
 */
function sharedTables({ subject, drawn }: Made): number[] {
  const fixed = isRandomised(subject) ? drawn.filter(isProgram) : drawn;
  const others = drawn.filter((placed) => !fixed.includes(placed));
  const touched = pagesOf(fixed, (block) => block.resident);
  const own = union(
    pagesOf(fixed, (block) => union(...block.mappings.map((m) => m.private))),
    pagesOf(others, (block) => block.resident),
  );
  const { geometry } = subject.system;
  let perTable = 1;
  return levelsOf(touched, geometry).map((level, i) => {
    perTable *= level.entriesPerTable;
    const top = i === geometry.levels.length - 1;
    if (top || geometry.levels[i]?.always) return 0;
    return count(subtract(coarsen(touched, perTable), coarsen(own, perTable)));
  });
}

const isProgram = ({ block }: Placed): boolean =>
  block.mappings[0]?.id.startsWith(PROGRAM_PREFIX) ?? false;

const pagesOf = (placed: readonly Placed[], pages: (block: Placed['block']) => Runs): Runs =>
  union(...placed.map(({ block, base }) => shift(pages(block), base)));

function withLess(row: Row, bytes: number, { subject }: Made): Row {
  const left = Math.max(0, (row.bytes ?? 0) - bytes);
  return {
    ...row,
    bytes: left,
    pages: Math.round(left / subject.system.geometry.pageSize),
    range: row.range && {
      min: Math.max(0, row.range.min - bytes),
      max: Math.max(0, row.range.max - bytes),
    },
  };
}

const sharedRow = (rows: readonly Row[], bytes: number, { subject }: Made): Row => ({
  id: 'shared:tables',
  category: 'shared',
  label: l10n.t('Page tables that map shared pages only'),
  pages: Math.round(bytes / subject.system.geometry.pageSize),
  bytes,
  range: undefined,
  quality: sumQuality(rows.filter((row) => row.category === 'page-tables')),
  rule: 'shared-tables',
  object: undefined,
  reasons: [],
  detail: undefined,
});
