import { compactJson } from './json.js';
import type { CostReport } from './report.js';

/** Rows that are kept where not all of them can be. */
const MOST_ROWS = 20;

interface Cut {
  readonly what: string;
  readonly cut: (report: object) => object;
}

/** What a report can do without, the finest detail first; the sums and what they are for always stay. */
const CUTS: readonly Cut[] = [
  cutOf('rows.reasons'),
  cutOf('rules'),
  cutOf('pageTables.distribution'),
  cutOf('pageTables.levels'),
  cutOf('program.libraries'),
  {
    what: `rows, but the ${MOST_ROWS} dearest`,
    cut: (report) => ({ ...report, rows: dearest((report as CostReport).rows) }),
  },
  cutOf('rows'),
  cutOf('diagnostics'),
  cutOf('program.missing'),
];

/**
 * A report as JSON on one line, with as much of its detail as fits: the parts that are not in it are
 * listed in a field of its own, `omitted`. What is left when all of them are cut is not cut further.
 */
export async function boundedJson(
  report: CostReport,
  fits: (text: string) => boolean | PromiseLike<boolean>,
): Promise<string> {
  let text = compactJson(report);
  let kept: object = report;
  const omitted: string[] = [];
  for (const { what, cut } of CUTS) {
    if (await fits(text)) return text;
    kept = cut(kept);
    omitted.push(what);
    text = compactJson({ omitted, ...kept });
  }
  return text;
}

function cutOf(path: string): Cut {
  return { what: path, cut: (report) => without(report, path.split('.')) as object };
}

/** A value without what is at a path, which leads into objects and into each element of a list. */
function without(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (Array.isArray(value)) return value.map((element) => without(element, path));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== name || rest.length > 0);
  return Object.fromEntries(entries.map(([k, v]) => [k, k === name ? without(v, rest) : v]));
}

/** A row without a number makes all sums lower bounds: it comes first. */
const dearest = (rows: CostReport['rows']): CostReport['rows'] =>
  [...rows].sort((a, b) => priced(b) - priced(a)).slice(0, MOST_ROWS);

const priced = ({ bytes }: CostReport['rows'][number]): number => bytes ?? Number.POSITIVE_INFINITY;
