import type { Report } from './report.js';

/**
 * One JSON document: the report of a single file, or the list of several. Everything but ASCII is
 * escaped, so that no name in it reaches a terminal as a control or a change of direction.
 */
export function reportsJson(reports: readonly Report[]): string {
  const json = JSON.stringify(reports.length === 1 ? reports[0] : reports, undefined, 2);
  return json.replace(
    /[\u007f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
