import * as l10n from '@vscode/l10n';
import { integer } from '../../format.js';
import type { Row } from '../cost.js';
import { sumQuality } from '../sum-quality.js';
import type { Made } from '../what-if.js';

/** Of a busy machine; for people to scale. */
const SWITCHES_A_SECOND = 1000;

/**
 * Without tables of its own, a process has a list of the entries of its private pages, an address and
 * an entry each.
 */
export function ownEntries(rows: readonly Row[], made: Made, label: string): Row {
  const own = rows.filter((row) => row.category === 'private');
  const entryBytes = 2 * leafEntry(made);
  const sizeOf = (bytes: number) => Math.round((bytes / pageSize(made)) * entryBytes);
  const bytes = sizeOf(sum(own, (row) => row.bytes));
  const min = sizeOf(sum(own, (row) => row.range?.min ?? row.bytes));
  const max = sizeOf(sum(own, (row) => row.range?.max ?? row.bytes));
  return {
    id: 'tables:own-entries',
    category: 'page-tables',
    label,
    pages: undefined,
    bytes,
    range: min < max ? { min, max } : undefined,
    quality: sumQuality(own),
    rule: 'table-entries',
    object: undefined,
    reasons: [],
    detail: `${entriesOf(bytes, entryBytes)}; ${timeOf(bytes)}`,
  };
}

const entriesOf = (bytes: number, entryBytes: number): string =>
  bytes === entryBytes
    ? l10n.t('one entry of {0} bytes', entryBytes)
    : l10n.t('{0} entries of {1} bytes', integer(bytes / entryBytes), entryBytes);

/**
 * A byte a nanosecond is a guess: half of what the PC2100 memory of 2003 could do at best (2.1 GB/s by
 * its name), and a fraction of what memory does now.
 */
const timeOf = (bytes: number): string =>
  l10n.t(
    'at {0} switches a second they take {1} µs of it (a guess: 1 ns for a byte)',
    integer(SWITCHES_A_SECOND),
    integer((bytes * SWITCHES_A_SECOND) / 1000),
  );

/** The tables of all levels as memory that exists once. */
export function tablesOnce(
  rows: readonly Row[],
  { subject }: Made,
  id: string,
  label: string,
): Row {
  const tables = rows.filter(isTable);
  const bytes = sum(tables, (row) => row.bytes);
  const min = sum(tables, (row) => row.range?.min ?? row.bytes);
  const max = sum(tables, (row) => row.range?.max ?? row.bytes);
  return {
    id,
    category: 'shared',
    label,
    pages: Math.round(bytes / subject.system.geometry.pageSize),
    bytes,
    range: min < max ? { min, max } : undefined,
    quality: sumQuality(tables),
    rule: 'table-entries',
    object: undefined,
    reasons: [],
    detail: l10n.t('once for each processor that runs such a process; here one'),
  };
}

/** The ledger with other rows in place of the page tables'. */
export const insteadOfTables = (rows: readonly Row[], perProcess: Row, once: Row): Row[] => {
  const first = rows.findIndex(isTable);
  const kept = rows.filter((row) => !isTable(row));
  return [...kept.slice(0, first), perProcess, ...kept.slice(first), once];
};

const isTable = (row: Row): boolean => row.category === 'page-tables';

const pageSize = ({ subject }: Made): number => subject.system.geometry.pageSize;
const leafEntry = ({ subject }: Made): number =>
  subject.system.geometry.levels[0]?.entryBytes as number;
const sum = (rows: readonly Row[], bytes: (row: Row) => number | undefined): number =>
  rows.reduce((total, row) => total + (bytes(row) ?? 0), 0);
