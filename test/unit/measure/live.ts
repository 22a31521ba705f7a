import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { listProcesses, tryReadProc } from '../../../src/measure/proc.js';
import { readStat, sleeps } from '../../../src/measure/process-stat.js';
import { itWith } from '../../support/it-with.js';

/** A test of what only Linux has. */
export const onLinux = (title: string, test: Mocha.AsyncFunc) =>
  process.platform === 'linux' ? it(title, test) : it(`${title} (skipped: this is no Linux)`);

/** A test of page tables with four levels of 512 entries. */
export const onX64Linux = (title: string, test: Mocha.AsyncFunc) =>
  process.arch === 'x64' ? onLinux(title, test) : it(`${title} (skipped: this is no x86-64)`);

/** A test of what only Linux has that runs commands which some Linux does not have. */
export const onLinuxWith = (
  commands: readonly string[],
  title: string,
  test: Mocha.AsyncFunc,
): void =>
  process.platform === 'linux' ? itWith(commands, title, test) : void onLinux(title, test);

/** Where a command of the system is; every Linux has these. */
export const systemCommand = (name: 'sh' | 'cat' | 'sleep'): string =>
  ['/bin', '/usr/bin'].map((folder) => `${folder}/${name}`).find(existsSync) ?? name;

/** Starts a command that waits, and waits until it does. It is killed when `use` is done. */
export async function whileRunning<T>(
  command: string,
  args: readonly string[],
  use: (pid: number, child: ChildProcess) => T | Promise<T>,
): Promise<T> {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'inherit'] });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} did not start`);
  try {
    await until(() => sleeps(pid));
    return await use(pid, child);
  } finally {
    child.stdin?.destroy();
    child.kill('SIGKILL');
  }
}

/** Waits until something holds at two looks in a row. */
export async function until(holds: () => boolean): Promise<void> {
  for (let calm = 0, looks = 0; calm < 2; looks++) {
    if (looks > 150) throw new Error('It did not come to hold in 15 seconds.');
    await delay(100);
    calm = holds() ? calm + 1 : 0;
  }
}

/** The live children of a process. */
export const childrenOf = (pid: number): number[] =>
  listProcesses().filter((other) => readStat(other)?.parent === pid);

/** Live processes that hold a word in their command line. */
export const processesWith = (word: string): number[] =>
  listProcesses().filter(
    (pid) => pid !== process.pid && tryReadProc(pid, 'cmdline')?.includes(word),
  );
