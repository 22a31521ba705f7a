import { PAGE, product } from './product.mjs';

const { count, intersect, union } = product;
const MOST = 3;

/**
 * Why an estimate differs from what was measured, in words: the rows that differ most; where tables
 * do, what of the program's files nobody touched as well.
 */
export function reasons(result, ofTables) {
  const more = result.rows
    .map((row) => ({ ...row, more: ((row.measured ?? 0) - (row.predicted ?? 0)) / PAGE }))
    .filter((row) => Math.abs(row.more) >= 0.5)
    .sort((a, b) => Math.abs(b.more) - Math.abs(a.more))
    .slice(0, MOST)
    .map(inWords);
  const all = ofTables ? [...more, ...untouched(result)] : more;
  if (all.length > 0) return all.join(' ');
  return result.cost.aslr
    ? 'Chance: the same pages, at other places.'
    : 'A large segment is not touched all over.';
}

function inWords({ label, more, why }) {
  const pages = Math.abs(more).toFixed(Number.isInteger(more) ? 0 : 1);
  return `${label}, ${pages} ${more > 0 ? 'more' : 'fewer'}: ${why ?? 'Chance.'}`;
}

/** Regions of files that the estimate takes to be touched; found by their addresses, so only where those are fixed. */
function untouched({ cost, processes }) {
  if (cost.aslr) return [];
  const present = union(...processes[0].regions.map((region) => region.present ?? []));
  const labels = cost.regions
    .filter(({ object, resident }) => object !== undefined && count(resident) > 0)
    .filter(({ resident }) => count(intersect(resident, present)) === 0)
    .map(({ label }) => label);
  if (labels.length === 0) return [];
  const others = labels.length > MOST ? `, and ${labels.length - MOST} more` : '';
  return [`Not touched at all: ${labels.slice(0, MOST).join(', ')}${others}.`];
}
