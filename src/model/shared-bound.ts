import type { Row } from './cost.js';

/** As much of a row as tells, of a ledger or of a report. */
type Sure = Pick<Row, 'category' | 'quality'>;

/**
 * Which way what is shared once may be off. Of each file all pages are counted, of which not all need be in
 * RAM: at most that. Without the files that were not found it is at least that. Undefined where it is exact.
 */
export function sharedBound(rows: readonly Sure[]): 'most' | 'least' | undefined {
  const shared = rows.filter(({ category }) => category === 'shared');
  if (shared.some(({ quality }) => quality === 'unknown')) return 'least';
  return countsAllFilePages(rows) ? 'most' : undefined;
}

/** Whether pages of files are counted that nobody may have read. */
export const countsAllFilePages = (rows: readonly Sure[]): boolean =>
  rows.some(({ category, quality }) => category === 'shared' && quality === 'range');

/** Whether the process has pages that nobody knows, so that it maps and holds more than is counted. */
export const hasUnknownPages = (rows: readonly Sure[]): boolean =>
  rows.some(({ category, quality }) => category !== 'kernel' && quality === 'unknown');
