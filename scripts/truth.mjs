/**
 * Predictions against live processes of this machine: `npm run truth`.
 *
 * Starts programs that wait for input, a few of each, until they sleep; reads from /proc what they
 * hold; ends them. Prints page-table pages and private pages, predicted and measured, with addresses
 * fixed and randomised, then a thousand processes of the sample at once against the growth of
 * the whole system. With --write, the tables go into docs/accuracy.md.
 */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadTypeScript } from './load-typescript.mjs';
import { ROOT } from './root.mjs';

const { START_UP, estimate, loadProgram, readProcessMemory, systemById } = await loadTypeScript(
  'src/measure/process-memory.ts',
  'src/model/estimate.ts',
  'src/model/workload.ts',
  'src/program/load-program.ts',
  'src/system/systems.ts',
);

const PAGE = 4096;
const FIXED = 2;
const RANDOMISED = 50;
const MANY = 1000;
const SETTLE_MS = 3000;
const SAMPLES = [
  'tiny-nolibc',
  'tiny-musl',
  'tiny-musl-dynamic',
  'tiny-glibc-static',
  'tiny-glibc',
];
/** The sample's binaries ask malloc for this; the others are estimated at start-up. */
const BERNSTEIN = [360, 80, 180, 16, 440];
/** What waits for its standard input, or for time to pass; those not installed are left out. */
const COMMANDS =
  `cat, dash, bash, sleep 100, sed p, grep x, mawk 1, sort, wc, tee /dev/null, tr a b, head,
  tail -f /dev/null, cut -c1, uniq, md5sum, sha256sum, gzip, xz, bzip2, tac, nl, od, rev, column, fold,
  paste, xargs, python3, perl, node -, gdb -q, bc, make -f -, as, sqlite3, diff - /dev/null, base64,
  expand, comm - /dev/null, split, fmt, pr, ptx, shuf, tsort, tclsh, ed, less, more, factor, numfmt,
  cksum, b2sum, sum, unexpand, jq ., strings, c++filt, timeout 100 cat, zstd, patch, cpp`
    .split(',')
    .map((command) => command.trim().split(' '));

/** This machine's kernel; the flag is there where page tables are isolated. */
const SYSTEM = systemById(
  / pti( |$)/m.test(readFileSync('/proc/cpuinfo', 'utf8')) ? 'linux-x86-64-pti' : 'linux-x86-64',
);
const ENVIRONMENT = { PATH: process.env.PATH, HOME: '/', LANG: 'C' };
const running = new Set();
const scratch = mkdtempSync(join(tmpdir(), 'pagecost-truth-')); // some write files where they are
process.on('exit', endAll);

const lines = [];
const print = (line = '') => {
  lines.push(line);
  console.log(line);
};

const programs = [
  ...SAMPLES.map((name) => ({ name, path: join(ROOT, 'sample', name), args: [], heap: BERNSTEIN })),
  ...COMMANDS.flatMap(([name, ...args]) => {
    const path = onPath(name);
    return path ? [{ name, path, args, heap: undefined }] : [];
  }),
];

print(
  `${SYSTEM.name}; here ${release()}, ${cLibraryVersion()}, ${new Date().toISOString().slice(0, 10)}.`,
);
await compare('Addresses fixed', false, FIXED, 0.01);
await compare('Addresses randomised', true, RANDOMISED, 0.2);
await atOnce();
if (process.argv.includes('--write')) write();
process.exit();

/** A table of all programs: predicted and measured, means over `instances` processes of each. */
async function compare(title, aslr, instances, tolerance) {
  print(`\n## ${title}\n`);
  print(`Means over ${instances} processes of each program; pages of 4 KiB.\n`);
  print(
    '| program | tables | measured | error | private | measured | error | regions | measured |',
  );
  print('|---|---|---|---|---|---|---|---|---|');
  const results = [];
  for (const program of programs) {
    const memories = await measured(program, aslr, instances);
    const cost = predicted(program, aslr);
    if (!memories || !cost) continue;
    const mean = (of) => memories.reduce((sum, m) => sum + of(m), 0) / memories.length;
    const row = {
      tables: cost.pageTables.mean,
      liveTables: mean((m) => m.tables / PAGE),
      pages: cost.perProcess.privateBytes / PAGE,
      livePages: mean((m) => m.privateDirty / PAGE),
    };
    results.push(row);
    const words = [program.name, ...program.args].join(' ');
    const live = mean((m) => m.regions.length);
    print(
      `| \`${words}\` | ${fixed(row.tables)} | ${fixed(row.liveTables)} | ${signed(row.tables - row.liveTables)} ` +
        `| ${row.pages.toFixed(1)} | ${row.livePages.toFixed(1)} | ${percent(row.pages / row.livePages - 1)} ` +
        `| ${cost.regions.length} | ${live.toFixed(0)} |`,
    );
  }
  const within = (limit) =>
    results.filter((r) => Math.abs(r.tables - r.liveTables) <= limit).length;
  const errors = results.map((r) => Math.abs(r.pages / r.livePages - 1)).sort((a, b) => a - b);
  print(
    `\nTable pages within ${tolerance} for ${within(tolerance)} of ${results.length} programs, within 1 for ` +
      `${within(1.01)}. Private pages: median error ${Math.round(100 * (errors[errors.length >> 1] ?? 0))} %.`,
  );
}

/** What a thousand processes of each sample add to the whole system's page tables and anonymous memory. */
async function atOnce() {
  print(`\n## ${MANY} processes at once\n`);
  print(
    'Growth of the whole system (/proc/meminfo) in KiB for each process, and the prediction.\n',
  );
  print('| program | page tables | predicted | anonymous memory | predicted |');
  print('|---|---|---|---|---|');
  for (const program of programs.slice(0, SAMPLES.length)) {
    const cost = predicted(program, true);
    await delay(1000); // what ended before is gone by then
    const before = systemMemory();
    const children = start(program, true, MANY);
    await settled(children, SETTLE_MS * 4);
    const after = systemMemory();
    const alive = children.filter(({ pid }) => /\) S /.test(stat(pid))).length;
    end(children);
    if (alive < MANY) {
      // They sleep for ten seconds: a busy machine does not start a thousand in that time.
      print(`| \`${program.name}\` | only ${alive} were alive at once | | | |`);
      continue;
    }
    const growth = (name) => ((after[name] - before[name]) / MANY).toFixed(1);
    const kib = (bytes) => (bytes / 1024).toFixed(1);
    const { pageTableBytes, privateBytes } = cost.perProcess;
    print(
      `| \`${program.name}\` | ${growth('PageTables')} | ${kib(pageTableBytes)} ` +
        `| ${growth('AnonPages')} | ${kib(privateBytes)} |`,
    );
  }
}

function predicted({ path, args, heap }, aslr) {
  const { program } = loadProgram(path);
  const strings = [...Object.entries(ENVIRONMENT).map(([k, v]) => `${k}=${v}`), ...args];
  const bytes = strings.reduce((sum, text) => sum + text.length + 1, 0);
  const environment = { bytes, strings: strings.length };
  const workload = { ...START_UP, heap, environment };
  return program && estimate(program, { system: SYSTEM, workload, aslr }).cost;
}

/** Undefined where a program did not come to rest, or ended. */
async function measured(program, aslr, instances) {
  const children = start(program, aslr, instances);
  await settled(children, SETTLE_MS);
  const memories = children.map(({ pid }) => readProcessMemory(pid));
  end(children);
  return memories.some((memory) => typeof memory === 'string') ? undefined : memories;
}

function start({ path, args }, aslr, instances) {
  const [command, ...words] = aslr ? [path, ...args] : ['setarch', '-R', path, ...args];
  return Array.from({ length: instances }, () => {
    const stdio = ['pipe', 'ignore', 'ignore'];
    const child = spawn(command, words, { cwd: scratch, env: ENVIRONMENT, stdio });
    child.on('error', () => running.delete(child));
    running.add(child);
    return child;
  });
}

/** Waits until all processes sleep, twice in a row, or the time is over. */
async function settled(children, limit) {
  const asleep = () => children.every(({ pid }) => /\) [SZ] /.test(stat(pid)));
  for (let waited = 0, calm = 0; waited < limit && calm < 2; waited += 100) {
    await delay(100);
    calm = asleep() ? calm + 1 : 0;
  }
}

function stat(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return ') Z '; // it has ended
  }
}

function end(children) {
  for (const child of children) {
    child.kill('SIGKILL');
    running.delete(child);
  }
}

function endAll() {
  end([...running]);
  rmSync(scratch, { recursive: true, force: true });
}

function systemMemory() {
  const text = readFileSync('/proc/meminfo', 'utf8');
  const value = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]);
  // What this process itself has is not the others' doing.
  const own = readProcessMemory(process.pid).privateDirty / 1024;
  return { PageTables: value('PageTables'), AnonPages: value('AnonPages') - own };
}

function write() {
  const heading = `# Accuracy

Written by \`npm run truth -- --write\`: the model against live processes of one machine. A prediction is from
files alone, at the end of start-up; a program that does more at its start has more, and is listed all the same.
Nothing is tuned to a program. \`sample\` has the first five; they ask malloc for 1,076 bytes in five requests.
`;
  writeFileSync(join(ROOT, 'docs/accuracy.md'), `${heading}\n${lines.join('\n')}\n`);
}

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function cLibraryVersion() {
  const { stdout } = spawnSync('getconf', ['GNU_LIBC_VERSION'], { encoding: 'utf8' });
  return stdout?.trim() || 'no glibc';
}

function fixed(n) {
  return n.toFixed(2);
}

function signed(n) {
  return Math.abs(n) < 0.005 ? '0' : `${n > 0 ? '+' : ''}${n.toFixed(2)}`;
}

function percent(share) {
  const n = Math.round(share * 100);
  return `${n > 0 ? '+' : ''}${n} %`;
}
