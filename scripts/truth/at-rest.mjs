import { measure } from './live.mjs';
import { predicted } from './predicted.mjs';
import { PAGE, product } from './product.mjs';
import { reasons } from './reasons.mjs';
import { fixed, percent, print, signed, table } from './report.mjs';
import { mean, median, standardError, sum } from './statistics.mjs';

/** Private pages that are further off than this, as a share, are explained. */
const PRIVATE_LIMIT = 0.1;

/** Names of programs whose difference was explained, with what of it. */
const explained = new Map();

/**
 * Tables and private pages of all programs at rest, predicted and measured: what `mode` says is how many
 * processes of each, and how far off the tables' mean may be.
 *
 * @param {{ title: string, aslr: boolean, batch: number, most: number, limit: number, near: string }} mode
 */
export async function atRest(programs, directory, mode) {
  print(`\n## ${mode.title}\n`);
  const results = [];
  const remarks = [];
  for (const program of programs) {
    const cost = predicted(program, mode.aslr);
    if (!cost) continue; // a script
    const found = await measureEnough(program, cost, directory, mode);
    if (found.processes.length > 0) results.push(resultOf(program, cost, found.processes));
    for (const remark of new Set(found.remarks)) remarks.push(`\`${program.name}\`: ${remark}`);
  }
  const most = mode.most > mode.batch ? `, to ${mode.most} where the limit is near` : '';
  print(`Means over ${mode.batch} processes of each program${most}; pages of 4 KiB.\n`);
  programTable(results, mode);
  print(`\nIn sum, and how many programs have the tables ${mode.near}:\n`);
  sums(results, mode);
  misses(results, mode);
  if (remarks.length > 0) print(`\nRemarks. ${remarks.join(' ')}`);
  return results;
}

/** More and more processes, until the mean is clearly on one side of the limit. */
async function measureEnough(program, cost, directory, { aslr, batch, most, limit }) {
  const processes = [];
  const remarks = [];
  for (;;) {
    const more = await measure(program, { aslr, count: batch, directory });
    if (typeof more === 'string') return { processes, remarks: [...remarks, more] };
    processes.push(...more.processes);
    remarks.push(...more.remarks);
    const { error, doubt } = tablesOf(cost, processes);
    const clear = Math.abs(Math.abs(error) - limit) > 2 * doubt;
    if (clear || processes.length >= most) return { processes, remarks };
  }
}

/** Pages of tables without the top one; `doubt` is the measured mean's standard error. */
function tablesOf(cost, processes) {
  const pages = processes.map(({ tableBytes }) => tableBytes / PAGE);
  const live = mean(pages);
  const { mean: expected } = cost.pageTables;
  return { predicted: expected, live, error: expected - live, doubt: standardError(pages) };
}

function resultOf(program, cost, processes) {
  const comparison = product.compare(cost, { processes, remarks: [] });
  const own = comparison.sums.find(({ category }) => category === 'private');
  return {
    program,
    cost,
    processes,
    rows: comparison.rows.filter(({ category }) => category === 'private'),
    tables: tablesOf(cost, processes),
    private: { predicted: own.predicted / PAGE, live: own.measured / PAGE },
    regions: mean(processes.map(({ regions }) => regions.length)),
  };
}

function programTable(results, { aslr }) {
  table(
    [
      'program',
      'tables',
      'measured',
      'error',
      'private',
      'measured',
      'error',
      'regions',
      'measured',
    ],
    results.map(({ program, cost, tables, private: own, regions }) => [
      `\`${program.name}\``,
      fixed(tables.predicted),
      fixed(tables.live) + (aslr ? ` ± ${fixed(tables.doubt)}` : ''),
      signed(tables.error),
      own.predicted.toFixed(1),
      own.live.toFixed(1),
      percent(own.predicted, own.live),
      cost.regions.length,
      regions.toFixed(0),
    ]),
  );
}

function sums(results, { limit, near }) {
  const groups = [...new Set(results.map(({ program }) => program.group)), 'all'];
  table(
    [
      '',
      'programs',
      near,
      'within 1',
      'tables',
      'measured',
      'error',
      'private',
      'measured',
      'error',
      'median error',
    ],
    groups.map((group) => {
      const own = results.filter(({ program }) => group === 'all' || program.group === group);
      const within = (most) =>
        own.filter(({ tables }) => Math.abs(tables.error) <= most + 1e-9).length;
      const total = (of) => sum(own.map(of));
      const tables = total((r) => r.tables.predicted);
      const liveTables = total((r) => r.tables.live);
      const pages = total((r) => r.private.predicted);
      const livePages = total((r) => r.private.live);
      const errors = own.map((r) => Math.abs(r.private.predicted / r.private.live - 1));
      return [
        group,
        own.length,
        within(limit),
        within(1),
        tables.toFixed(0),
        liveTables.toFixed(0),
        percent(tables, liveTables, 1),
        pages.toFixed(0),
        livePages.toFixed(0),
        percent(pages, livePages, 1),
        `${(100 * median(errors)).toFixed(1)} %`,
      ];
    }),
  );
}

/** What is further off than it may be, with what explains it where that was not said before. */
function misses(results, { limit, near, aslr }) {
  const isFar = ({ tables }) => Math.abs(tables.error) > limit;
  const isOff = ({ private: own }) => Math.abs(own.predicted / own.live - 1) > PRIVATE_LIMIT;
  const far = results.filter(isFar);
  const sure = far.filter(({ tables }) => Math.abs(tables.error) - 2 * tables.doubt > limit);
  print(
    `\nTables not ${near}: ${far.length} of ${results.length} programs` +
      (aslr
        ? `, ${sure.length} of them by more than two standard errors of the measured mean`
        : '') +
      `. These, and private pages more than ${100 * PRIVATE_LIMIT} % off, ` +
      'but for what is explained above:\n',
  );
  for (const result of results.filter((one) => isFar(one) || isOff(one))) {
    const { program, tables, private: own } = result;
    const why = isFar(result) ? 'tables' : 'private';
    if (explained.get(program.name)?.has(why)) continue;
    explained.set(program.name, new Set([...(explained.get(program.name) ?? []), why, 'private']));
    const errors = `tables ${signed(tables.error)}, private ${signed(own.predicted - own.live)}`;
    print(`- \`${program.name}\` (${errors}): ${reasons(result, isFar(result))}`);
  }
}
