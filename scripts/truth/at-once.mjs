import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { predicted } from './predicted.mjs';
import { product } from './product.mjs';
import { print, table } from './report.mjs';
import { median } from './statistics.mjs';

const MANY = 1000;
const ROUNDS = 3;
/** The sample sleeps for ten seconds. */
const LIMIT_MS = 9000;
const KIB = 1024;

/** What a thousand processes at once add to the whole system's page tables and anonymous memory. */
export async function atOnce(programs, directory, title = 'at once') {
  print(`\n## ${MANY} processes ${title}\n`);
  print(
    `Growth of the whole system (/proc/meminfo) in KiB for each process, over what it was before and after, ` +
      `the median of ${ROUNDS} rounds; and the prediction.\n`,
  );
  const rows = [];
  for (const program of programs) rows.push(await rowOf(program, directory));
  table(['program', 'page tables', 'predicted', 'anonymous memory', 'predicted'], rows);
}

/** Addresses are randomised, unless a program says otherwise. */
async function rowOf(program, directory) {
  const { path, aslr = true } = program;
  const { pageTableBytes, privateBytes } = predicted(program, aslr).perProcess;
  const command = aslr ? [path] : ['setarch', '-R', path];
  const rounds = [];
  for (let i = 0; i < ROUNDS; i++) rounds.push(await oneRound(command, directory));
  const whole = rounds.filter(({ alive }) => alive === MANY);
  const name = `\`${program.name}\``;
  // A busy machine does not start a thousand before the first ones end.
  if (whole.length === 0) return [name, `never ${MANY} asleep at once`, '', '', ''];
  const typical = (of) => median(whole.map((round) => round[of])).toFixed(1);
  const kib = (bytes) => (bytes / KIB).toFixed(1);
  return [name, typical('tables'), kib(pageTableBytes), typical('anonymous'), kib(privateBytes)];
}

/** KiB for each process, and how many lived and slept. */
async function oneRound(command, directory) {
  const family = product.createFamily();
  const endNow = () => void family.kill();
  process.once('exit', endNow);
  const { prefix, environment } = family.mark;
  const [first, ...args] = [...prefix, ...command];
  const request = {
    command: first,
    args,
    input: { kind: 'empty' },
    cwd: directory,
    environment: { ...process.env, ...environment },
  };
  const before = systemMemory();
  const instances = Array.from({ length: MANY }, () => product.startInstance(request));
  const { signal } = new AbortController();
  const atRest = await product.settle(instances, LIMIT_MS, signal, () => {});
  const during = systemMemory();
  const alive = atRest ? instances.filter(product.isAlive).length : 0;
  for (const instance of instances) instance.end();
  await product.endFamily(family);
  process.off('exit', endNow);
  await delay(500); // what they held is free by then
  const after = systemMemory();
  // Whatever else the machine does may grow or shrink meanwhile.
  const growth = (of) => (during[of] - (before[of] + after[of]) / 2) / MANY;
  return { alive, tables: growth('tables'), anonymous: growth('anonymous') };
}

/** KiB of the whole system but this process, whose growth is not the others' doing. */
function systemMemory() {
  const text = readFileSync('/proc/meminfo', 'utf8');
  const value = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]);
  const { regions, tableBytes } = product.readProcess(process.pid, new Map());
  const own = regions.reduce((sum, region) => sum + region.privateBytes, 0);
  return {
    tables: value('PageTables') - tableBytes / KIB,
    anonymous: value('AnonPages') - own / KIB,
  };
}
