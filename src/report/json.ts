import type { CheckReport } from './check-report.js';
import type { ComparisonReport } from './comparison-report.js';
import type { DifferenceReport } from './difference-report.js';
import type { RankReport } from './rank-report.js';
import type { Report } from './report.js';
import type { WhatIfsReport } from './what-ifs-report.js';

/** A report of which there is one, as a JSON document. */
export const reportJson = (
  report: CheckReport | ComparisonReport | DifferenceReport | RankReport | WhatIfsReport,
): string => ascii(report);

/** Estimates as a JSON document: the report of a single file, or the list of several. */
export const estimatesJson = (reports: readonly Report[]): string =>
  ascii(reports.length === 1 ? reports[0] : reports);

/** Any of these, or a part of one, on one line: for a reader to whom blanks are a cost. */
export const compactJson = (report: object): string => ascii(report, 0);

/**
 * Everything but ASCII is escaped, so that no name in it reaches a terminal as a control or a change
 * of direction.
 */
const ascii = (value: unknown, indent = 2): string =>
  JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
