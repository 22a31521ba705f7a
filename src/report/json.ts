import type { ComparisonReport } from './comparison-report.js';
import type { Report } from './report.js';

/** One JSON document: the report of a single file, or the list of several. */
export const reportsJson = (reports: readonly Report[]): string =>
  ascii(reports.length === 1 ? reports[0] : reports);

/** One JSON document: an estimate beside live processes. */
export const comparisonJson = (report: ComparisonReport): string => ascii(report);

/**
 * Everything but ASCII is escaped, so that no name in it reaches a terminal as a control or a change
 * of direction.
 */
const ascii = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replace(
    /[\u007f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
