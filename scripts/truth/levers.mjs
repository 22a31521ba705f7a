import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { atOnce } from './at-once.mjs';
import { BESIDE, pairs, REASONS, SAMPLE } from './lever-pairs.mjs';
import { measure } from './live.mjs';
import { predicted } from './predicted.mjs';
import { PAGE, product } from './product.mjs';
import { fixed, print, signed, table } from './report.mjs';
import { mean, standardError, sum } from './statistics.mjs';
import { measureZygote } from './zygote.mjs';

/** Heading of this part, the last one. */
export const LEVERS = '## What-ifs against builds that have them';

/** Processes of each build: as many as show a mean, or that text is shared. */
const RANDOMISED = 50;
const STILL = 2;
/** Pages by which a saving may be off. */
const LIMIT = 1;

/** What what-ifs save by the model, of the one build, beside what the other build of it really saves. */
export async function levers(directory) {
  print(`\n${LEVERS}\n`);
  print(
    'Pages of 4 KiB that one process has less: predicted from the base build’s files, measured as means of ' +
      `${RANDOMISED} processes of each build with addresses randomised, or ${STILL} without; and what the two ` +
      'builds’ own estimates differ by, which tells the what-if’s error from the estimates’.\n',
  );
  const build = builder(directory);
  const results = [];
  for (const pair of pairs) {
    const [base, other] = [build(pair.source, pair.base), build(pair.source, pair.other)];
    results.push(base && other ? await resultOf(pair, base, other, directory) : { pair });
  }
  show(results.filter(({ private: own }) => own));
  const left = results.filter(({ private: own }) => !own);
  for (const { pair, why } of left) {
    print(
      `\nLeft out: \`${pair.id}\`, ${pair.program}, ${pair.name}: ${why ?? 'it cannot be built here.'}`,
    );
  }
  await system(build, directory);
}

/** Each build once; undefined where the compiler is missing or cannot do it. */
function builder(directory) {
  const known = new Map();
  return (source, [compiler, ...flags]) => {
    const key = [source, compiler, ...flags].join(' ');
    if (!known.has(key)) {
      const path = join(directory, `lever-${known.size + 10}`);
      const { status } = spawnSync(compiler, ['-O2', '-o', path, source, ...flags]);
      // Pages of a file not yet on disk are dirty, too, and look as if a process had written them.
      if (status === 0) spawnSync('sync', [path]);
      known.set(key, status === 0 ? path : undefined);
    }
    return known.get(key);
  };
}

async function resultOf(pair, base, other, directory) {
  const heap = product.BERNSTEIN_REQUESTS;
  const program = (path) => ({ path, args: [], heap });
  const before = await live(program(base), true, directory);
  const after = pair.zygote
    ? await measureZygote(other, RANDOMISED, directory)
    : await live(program(other), !pair.still, directory);
  const why = [before, after].find((one) => typeof one === 'string');
  if (why) return { pair, why };
  const plain = costPages(predicted(program(base), true));
  const asked = predicted(program(base), true, [pair.id]);
  if (!asked.whatIfs.includes(pair.id)) return { pair, why: 'the model has no number for it.' };
  const changed = costPages(asked);
  const built = pair.zygote ? undefined : costPages(predicted(program(other), !pair.still));
  const part = (of) => ({
    predicted: plain[of] - changed[of],
    measured: mean(before[of]) - mean(after[of]),
    doubt: Math.hypot(standardError(before[of]), standardError(after[of])),
    built: built && plain[of] - built[of],
  });
  return { pair, private: part('private'), tables: part('tables') };
}

const costPages = ({ perProcess, pageTables }) => ({
  private: perProcess.privateBytes / PAGE,
  tables: pageTables.mean,
});

async function live(program, aslr, directory) {
  const count = aslr ? RANDOMISED : STILL;
  const found = await measure(program, { aslr, count, directory });
  if (typeof found === 'string') return found;
  const { processes } = found;
  if (processes.length < count) return `only ${processes.length} of ${count} processes were there.`;
  const own = ({ regions }) => sum(regions.map(({ privateBytes }) => privateBytes)) / PAGE;
  return {
    private: processes.map(own),
    tables: processes.map(({ tableBytes }) => tableBytes / PAGE),
  };
}

const excess = ({ predicted: expected, measured }) => Math.abs(expected - measured) - LIMIT;
const isNear = (part) => excess(part) <= 0;
const isUndecided = (part) => excess(part) <= 2 * part.doubt;

function show(results) {
  const cells = ({ predicted: expected, measured, built }) => [
    fixed(expected),
    fixed(measured),
    signed(expected - measured),
    built === undefined ? '' : fixed(built),
  ];
  table(
    [
      ...['what-if', 'program', 'base build'],
      ...['private', 'measured', 'error', 'builds'],
      ...['tables', 'measured', 'error', 'builds'],
    ],
    results.map(({ pair, private: own, tables }) => [
      `\`${pair.id}\``,
      pair.program,
      pair.name,
      ...cells(own),
      ...cells(tables),
    ]),
  );
  const all = (holds) => results.filter(({ private: own, tables }) => holds(own) && holds(tables));
  const [near, undecided] = [all(isNear), all(isUndecided)];
  print(
    `\nWithin ${LIMIT} private page and ${LIMIT} table: ${near.length} of ${results.length} pairs, and ` +
      `${undecided.length - near.length} more that two standard errors of the measured means leave undecided. The others:\n`,
  );
  for (const { pair, private: own, tables } of results.filter((one) => !near.includes(one))) {
    print(
      `- \`${pair.id}\`, ${pair.program}, ${pair.name} (private ${signed(own.predicted - own.measured)}, ` +
        `tables ${signed(tables.predicted - tables.measured)}): ${REASONS[pair.id] ?? 'not explained.'}`,
    );
  }
}

/** A thousand processes of the beside-the-stack build and of the one it is compared with. */
async function system(build, directory) {
  const [base, other] = [build(SAMPLE, BESIDE.base), build(SAMPLE, BESIDE.other)];
  if (!base || !other) return;
  const heap = product.BERNSTEIN_REQUESTS;
  await atOnce(
    [
      { name: 'musl, static', path: base, args: [], heap, aslr: true },
      { name: 'the same, addresses fixed', path: base, args: [], heap, aslr: false },
      { name: 'linked beside the stack', path: other, args: [], heap, aslr: false },
    ],
    directory,
    'at once, beside the stack',
  );
}
