import { release } from 'node:os';
import { measure } from './live.mjs';
import { predicted } from './predicted.mjs';
import { PAGE, product } from './product.mjs';
import { reasons } from './reasons.mjs';
import { print, signed, table } from './report.mjs';
import { shapeBuilds } from './shape-builds.mjs';
import { shares } from './statistics.mjs';

export const SHAPES = '## Programs of all shapes';

/**
 * Programs built for this, which differ in what linkers and compilers can do: at fixed addresses, where each
 * region can be compared with the kernel's.
 */
export async function shapes(directory) {
  const results = [];
  for (const program of shapeBuilds(directory)) {
    const result = await resultOf(program, directory);
    if (result) results.push(result);
  }
  print(`\n${SHAPES}\n`);
  const count = (isOne) => results.filter(isOne).length;
  const exact = (of) => count((result) => result[of] === 0);
  print(
    `${results.length} programs that do nothing, each built in another way, two processes of each with addresses fixed: ` +
      'position-independent or not, static or not, with glibc and musl, four linkers, alignments, RELRO, relocations, bss, data, TLS, libraries. ' +
      `Tables exact in ${exact('tables')}, and within the range that the estimate gives in ${count(({ tables, outside }) => tables !== 0 && outside === 0)} more; ` +
      `private pages exact in ${exact('own')}; every region where the kernel has it, with as many pages, in ${exact('misplaced')}. ` +
      `Measured on Linux ${release()}, ${new Date().toISOString().slice(0, 10)}.\n`,
  );
  distribution(results);
  const sure = results.filter(({ broken }) => broken.length > 0);
  print(
    `\nRows said to be exact that are not: ${sure.length === 0 ? 'none.' : ''}` +
      sure.map(({ program, broken }) => `\`${program.name}\` (${broken.join(', ')})`).join(', '),
  );
  const elsewhere = results.filter(({ misplaced: regions }) => regions > 0);
  if (elsewhere.length > 0) {
    print(`\nRegions that are elsewhere: ${some(elsewhere.map(({ program }) => program.name))}.`);
  }
  print('\nWhat differs, and in how many programs:\n');
  for (const [why, names] of misses(results)) print(`- ${why} ${names.length}: ${some(names)}.`);
}

async function resultOf(program, directory) {
  const cost = predicted(program, false);
  const found = cost && (await measure(program, { aslr: false, count: 2, directory }));
  if (!found || typeof found === 'string' || found.processes.length < 2) return undefined;
  const { rows, sums } = product.compare(cost, found);
  const error = (category) => {
    const { predicted: expected, measured } = sums.find((sum) => sum.category === category);
    return (expected - measured) / PAGE;
  };
  const [process] = found.processes;
  const exact = new Set(cost.rows.filter(({ quality }) => quality === 'exact').map(({ id }) => id));
  return {
    program,
    cost,
    processes: found.processes,
    rows: rows.filter(({ category }) => category === 'private'),
    tables: error('page-tables'),
    own: error('private'),
    outside: rows.filter((row) => row.category === 'page-tables' && isOutside(row)).length,
    misplaced: misplaced(cost.regions, process.regions),
    broken: rows
      .filter(({ id, predicted: p, measured: m }) => exact.has(id) && Math.abs(p - m) >= PAGE)
      .map(({ label }) => label),
  };
}

/** Whether a number is a page off, and not in the range that goes with it. */
const isOutside = ({ predicted: p, measured: m, range }) =>
  m !== undefined && Math.abs(p - m) >= PAGE && !(range && m >= range.min && m <= range.max);

/** How many of the kernel's regions are no predicted ones; neighbours that the kernel makes one are. */
function misplaced(expected, live) {
  const edges = new Set(expected.flatMap(({ firstPage, pages }) => [firstPage, firstPage + pages]));
  return live.filter(
    ({ firstPage, pages }) => !edges.has(firstPage) || !edges.has(firstPage + pages),
  ).length;
}

function distribution(results) {
  const [tables, own] = ['tables', 'own'].map((of) => shares(results.map((result) => result[of])));
  const errors = [...new Set([...tables.keys(), ...own.keys()])].sort((a, b) => a - b);
  const line = (name, found) => [
    name,
    ...errors.map((e) => (found.has(e) ? Math.round(found.get(e) * results.length) : '')),
  ];
  table(
    ['pages predicted too many', ...errors.map((e) => signed(e))],
    [line('tables', tables), line('private', own)],
  );
}

/** Programs by why they differ, most first; the programs' own names are left out. */
function misses(results) {
  const byReason = new Map();
  for (const result of results.filter(({ tables, own }) => tables !== 0 || own !== 0)) {
    const file = result.program.path.split('/').at(-1);
    const why = reasons(result, result.tables !== 0).replaceAll(file, 'program');
    byReason.set(why, [...(byReason.get(why) ?? []), result.program.name]);
  }
  return [...byReason].sort(([, a], [, b]) => b.length - a.length);
}

const some = (names) =>
  names.length > 4 ? `${names.slice(0, 3).join('; ')} and others` : names.join('; ');
