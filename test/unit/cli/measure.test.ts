import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sleeps } from '../../../src/measure/process-stat.js';
import type { ComparisonReport } from '../../../src/report/comparison-report.js';
import { assertValid } from '../../support/json-schema.js';
import { until } from '../measure/live.js';
import { exampleOn } from './page-example.js';
import { CLI, runCli } from './run-cli.js';

/** Sleeps for ten seconds, and needs nothing of this machine but its kernel. */
const SAMPLE = 'sample/tiny-musl';
const HERE = process.platform === 'linux' && process.arch === 'x64';

describe('pagecost measure', () => {
  it('ends with 2 and a reason for a wrong command line, and does nothing', () => {
    const { code, output, errors } = runCli(['measure', '-n', '1', SAMPLE]);
    assert.equal(code, 2);
    assert.equal(output, '');
    assert.equal(
      errors,
      "pagecost: -n is a whole number from 2 to 1000, not '1'.\nSee pagecost measure --help.\n",
    );
  });

  it('tells how to use it, and is the name of a file where that is meant', () => {
    const { code, output } = runCli(['measure', '--help']);
    assert.equal(code, 0);
    assert.match(output, /^Usage: pagecost measure /);
    for (const line of output.split('\n')) assert.ok(line.length <= 90, line);
    assert.match(runCli(['--', 'measure']).errors, /^pagecost: measure: not-readable/);
    assert.match(runCli(['./measure']).errors, /^pagecost: \.\/measure: not-readable/);
  });

  if (process.platform !== 'linux') {
    it('says why not (what it measures is tested on Linux only)', () => {
      const { code, errors } = runCli(['measure', SAMPLE]);
      assert.equal(code, 1);
      assert.match(errors, /\/proc/);
    });
  }
});

if (HERE) describe('pagecost measure, with live processes of Linux on x86-64', live);

function live() {
  const directory = mkdtempSync(join(tmpdir(), 'pagecost-measure-'));
  const mark = `PAGECOST_TEST=${randomUUID()}`;
  const env = { ...process.env, PAGECOST_TEST: mark.slice(mark.indexOf('=') + 1) };
  const started: ChildProcess[] = [];

  after(() => rmSync(directory, { recursive: true }));
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    const left = marked(mark);
    for (const pid of left) process.kill(pid, 'SIGKILL');
    assert.deepEqual(left, [], 'left running');
  });

  const run = (...args: string[]) => runCli(['measure', ...args], { env });
  const measured = (...args: string[]): ComparisonReport => {
    const { code, output, errors } = run('--json', ...args);
    assert.equal(errors, '');
    assert.equal(code, 0);
    const report: ComparisonReport = JSON.parse(output);
    assertValid(report);
    return report;
  };
  /** A program of its own name, so that nobody else's processes are of it. */
  const program = (name: string) => {
    const path = join(directory, name);
    copyFileSync(SAMPLE, path);
    return path;
  };
  const start = async (path: string, ...args: string[]): Promise<number> => {
    const child = spawn(path, args, { stdio: 'ignore' });
    started.push(child);
    await once(child, 'spawn');
    const pid = child.pid as number;
    await until(() => sleeps(pid));
    return pid;
  };

  it('starts two, and finds what the estimate says', () => {
    const { estimate, processes, rows, sums, tablesAgree } = measured(SAMPLE);
    assert.equal(processes.length, 2);
    assert.equal(estimate.processes, 2);
    assert.equal(tablesAgree, true);
    const data = rows.find(({ label }) => label === 'tiny-musl: data');
    assert.ok(data?.measured);
    assert.equal(data.measured, data.predicted);
    const mean = processes.reduce((sum, one) => sum + one.privateBytes, 0) / processes.length;
    assert.equal(sums.find(({ category }) => category === 'private')?.measured, mean);
  });

  it('writes the same as text', () => {
    const { code, output, errors } = run(SAMPLE, '-n', '3', '--heap', '360,80,180,16,440');
    assert.equal(errors, '');
    assert.equal(code, 0);
    assert.match(output, /^sample\/tiny-musl\n/);
    assert.match(output, /malloc of 360, 80, 180, 16, 440 bytes/);
    assert.match(output, /^3 processes measured on Linux /m);
    assert.match(output, /^ {2}tiny-musl: data +≥ ([\d,]+) +\1 +0$/m);
  });

  it('prints the table that its page shows, but for figures', () => {
    const args = ['-n', '5', '--heap', '360,80,180,16,440', 'sample/tiny-glibc'];
    const page = exampleOn('docs/cli.md', ['measure', ...args]);
    assert.equal(tableOf(run(...args).output), tableOf(page));
  });

  it('gives the program its arguments, and measures what takes more than its start-up', () => {
    const script = 'const all = Buffer.alloc(5e7, 1); setInterval(() => all, 1e6)';
    const { rows, sums } = measured(process.execPath, '-n', '2', '--', '-e', script);
    const measuredSum = sums.find(({ category }) => category === 'private')?.measured ?? 0;
    assert.ok(measuredSum > 5e7, String(measuredSum));
    const anonymous = rows.find(({ id }) => id === 'anonymous');
    assert.match(anonymous?.why ?? '', /run time/);
  });

  it('leaves addresses where they are with --no-aslr, in the estimate as well', () => {
    const { code, output, errors } = run('--json', '--no-aslr', SAMPLE);
    if (code === 1) return assert.match(errors, /setarch/);
    const { estimate, processes }: ComparisonReport = JSON.parse(output);
    assert.equal(estimate.aslr, false);
    assert.deepEqual(
      processes.map(({ randomised }) => randomised),
      [false, false],
    );
    assert.equal(estimate.pageTables.vmPteBytes, processes[0]?.pageTableBytes);
  });

  it('has what-ifs in the estimate, and leaves the processes as they are', () => {
    const { estimate, processes } = measured('--what-if', 'smaller-stack,aslr-off', SAMPLE);
    assert.deepEqual(estimate.whatIfs, ['aslr-off', 'smaller-stack']);
    assert.equal(estimate.aslr, false);
    const randomised = (of: ComparisonReport['processes']) => of.map((one) => one.randomised);
    assert.deepEqual(randomised(processes), randomised(measured(SAMPLE).processes));
    assert.match(run('--what-if', 'aslr-off', SAMPLE).output, /^What if\n {2}aslr-off {2}/m);
  });

  it('gives the program the standard input that was asked for', () => {
    const words = ['/bin/sh', '--', '-c', 'read line; [ "$line" = hello ] && sleep 100'];
    const given = runCli(['measure', '--input', '-', ...words], { env, input: 'hello\n' });
    assert.equal(given.code, 0, given.errors);
    for (const [input, code] of [
      ['empty', 1],
      ['open', 0],
    ] as const) {
      assert.equal(run('--input', input, '/bin/cat').code, code, input);
    }
  });

  it('counts the environment of the processes, in the estimate as well', () => {
    const stack = (size: number) => {
      const more = { ...env, FILLER: 'x'.repeat(size) };
      const { output } = runCli(['measure', '--json', SAMPLE], { env: more });
      const { rows }: ComparisonReport = JSON.parse(output);
      return rows.find(({ id }) => id === 'stack');
    };
    const [small, large] = [stack(0), stack(65_536)];
    for (const side of ['predicted', 'measured'] as const) {
      const more = (large?.[side] ?? 0) - (small?.[side] ?? 0);
      assert.ok(Math.abs(more - 65_536) <= 2 * 4096, `${side}: ${more}`);
    }
  });

  it('measures processes that run, by their numbers, and lets them live', async () => {
    const path = program('by-number');
    const pids = [await start(path), await start(path)];
    const { processes, estimate } = measured(...pids.flatMap((pid) => ['--pid', String(pid)]));
    assert.deepEqual(
      processes.map(({ pid }) => pid),
      pids,
    );
    assert.equal(estimate.program.path, path);
    for (const pid of pids) assert.ok(process.kill(pid, 0));
    const other = await start('/bin/sleep', '100');
    const { code, errors } = run('--pid', String(pids[0]), '--pid', String(other));
    assert.equal(code, 1);
    assert.match(errors, /different files: .*by-number, .*/);
  });

  it('measures the processes of a file that run, and says if there are none', async () => {
    const path = program('by-file');
    const none = run('--running', path);
    assert.equal(none.code, 1);
    assert.match(none.errors, /^pagecost: No process of by-file /);
    const pids = [await start(path), await start(path), await start(path)];
    assert.deepEqual(
      measured('--running', path).processes.map(({ pid }) => pid),
      pids,
    );
  });

  it('takes a file whose name looks like that of a deleted one', async () => {
    const pid = await start(program('odd (deleted)'));
    assert.equal(measured('--pid', String(pid)).processes[0]?.pid, pid);
  });

  const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;
  const skipped = canMount ? '' : ' (skipped: no mounting in a namespace of one’s own here)';
  it(`says that a file is not the one here, but a container’s${skipped}`, async function () {
    if (!canMount) return this.skip();
    const [outside, inside] = [program('outside'), join(directory, 'mounted')];
    writeFileSync(inside, '');
    const script = 'mount --bind "$0" "$1" && exec "$1"';
    const pid = await start('unshare', '-rm', 'sh', '-c', script, outside, inside);
    const { code, errors } = run('--pid', String(pid));
    assert.equal(code, 1);
    assert.match(errors, /runs .*mounted of a container, or of another root: /);
  });

  it('ends with 1 and a reason where there is nothing to measure', async () => {
    const script = join(directory, 'script');
    writeFileSync(script, '#!/bin/sh\nsleep 100\n', { mode: 0o755 });
    const locked = program('locked');
    chmodSync(locked, 0o644);
    const refuses = (args: readonly string[], reason: RegExp) => {
      const { code, output, errors } = run('--json', ...args);
      assert.equal(code, 1, `${args.join(' ')}: ${errors}`);
      assert.equal(output, '');
      assert.match(errors, reason);
      assert.doesNotMatch(errors, /[^\P{Cc}\n]|\p{Cf}/u);
    };
    for (const [args, reason] of [
      [['/bin/true'], /true ended with exit code 0 before/],
      [['/bin/sh', '--', '-c', 'echo sorry >&2; exit 3'], /exit code 3 .*sorry/],
      [[locked], /locked cannot be run: .*execute/],
      [[script], /script: script at 0x0/],
      [[directory], /not-readable: This is a directory/],
      [['none'], /none: not-readable: There is no such file/],
      [['sample/tiny.freebsd'], /i386/],
      [['--pid', '4194304'], /no process 4194304/],
    ] as const) {
      refuses(args, reason);
    }
    // It sleeps for ten seconds only.
    const deleted = program('deleted');
    const pid = await start(deleted);
    rmSync(deleted);
    refuses(['--pid', String(pid)], /deleted or replaced since it started: .*deleted\. /);
  });

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGQUIT', 131],
  ] as const) {
    it(`ends what it has started, and then itself with ${code}, on ${signal}`, async () => {
      // It never sleeps, and starts another that does not either.
      const busy = 'while :; do :; done & while :; do :; done';
      const child = spawn(
        process.execPath,
        [CLI, 'measure', '--limit', '60', '/bin/sh', '--', '-c', busy],
        { env },
      );
      started.push(child);
      const ended = once(child, 'exit');
      while (marked(mark).length < 5) await delay(50); // itself, and two of each
      child.kill(signal);
      assert.deepEqual(await ended, [code, null]);
    });
  }
}

/** The table without figures: no two runs have them in common. */
const tableOf = (text: string): string =>
  text
    .slice(text.indexOf('\nbytes'), text.indexOf('\nRemarks'))
    .replace(/[+-]?\d[\d,.]*/g, '#')
    .replace(/ +/g, ' ');

/** Live processes that have this in their environment. */
function marked(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
      } catch {
        return false; // another user's, or ended
      }
    });
}
