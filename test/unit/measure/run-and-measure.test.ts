import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathCommand } from '../../../src/measure/path-command.js';
import { lives, readStat } from '../../../src/measure/process-stat.js';
import { type RunRequest, runAndMeasure } from '../../../src/measure/run-and-measure.js';
import type { Measurement } from '../../../src/model/measurement.js';
import { loadProgram } from '../../../src/program/load-program.js';
import { onLinux, onLinuxWith, onX64Linux, processesWith, systemCommand } from './live.js';

const LIMIT_MS = 10_000;

async function run(path: string, args: readonly string[] = [], others: Partial<RunRequest> = {}) {
  const { program } = loadProgram(path);
  if (!program) throw new Error(path);
  const told: string[] = [];
  const request: RunRequest = {
    program,
    args,
    input: { kind: 'open' },
    instances: 2,
    aslr: true,
    limitMs: LIMIT_MS,
    cwd: tmpdir(),
    ...others,
  };
  const result = await runAndMeasure(request, new AbortController().signal, (m) => told.push(m));
  return { result, told };
}

function measured(result: Measurement | string): Measurement {
  if (typeof result === 'string') throw new Error(result);
  return result;
}

/** A word in the command line of all that a script starts: what holds it afterwards was left behind. */
const shell = async (script: (word: string) => string, others: Partial<RunRequest> = {}) => {
  const word = randomUUID();
  const { result } = await run(systemCommand('sh'), ['-c', script(word), word], others);
  assert.deepEqual(processesWith(word), [], 'nothing is left running');
  return result;
};

/** Sleeps under a name that is found in its command line. */
const sleeper = (word: string) => `sh -c 'sleep 1000; :' ${word}`;

describe('run and measure', () => {
  onX64Linux('measures as many as were asked for, and tells what it does', async () => {
    const { result, told } = await run('sample/tiny-nolibc', [], { instances: 3 });
    const { processes, remarks } = measured(result);
    assert.equal(processes.length, 3);
    assert.deepEqual(remarks, []);
    assert.equal(told[0], 'Starting 3 of tiny-nolibc');
    assert.match(told[1] ?? '', /^Waiting until they sleep \(0 s\)$/);
    assert.equal(told.at(-1), 'Measuring');
    assert.ok(processes.every((p) => p.regions.some(({ object }) => object === 'tiny-nolibc')));
    for (const { pid } of processes) assert.ok(!lives(readStat(pid)), `${pid} lives`);
  });

  onX64Linux('fixes addresses on request, or says what that takes', async () => {
    const { result } = await run('sample/tiny-nolibc', [], { aslr: false });
    // Some containers have it and do not let it.
    const canFix = spawnSync('setarch', ['-R', 'true']).status === 0;
    if (!canFix) assert.match(String(result), /setarch/);
    else {
      const { processes } = measured(result);
      assert.ok(processes.every(({ randomised }) => randomised === false));
      const layout = processes.map(({ regions }) => regions.map(({ firstPage }) => firstPage));
      assert.deepEqual(layout[0], layout[1]);
    }
  });

  onLinux(
    'reads no more processes than there is something to learn from, and says so',
    async () => {
      const { result } = await run('sample/tiny-nolibc', [], { instances: 70 });
      const { processes, remarks } = measured(result);
      assert.equal(processes.length, 64);
      assert.match(remarks.join(), /^Of 70 processes the 64 /);
    },
  );

  onLinux('gives the input that was asked for', async () => {
    const cat = systemCommand('cat');
    assert.equal(measured((await run(cat)).result).processes.length, 2);
    assert.match(String((await run(cat, [], { input: { kind: 'empty' } })).result), /exit code 0/);
    const script = 'read line; test "$line" = hello && exec 2>&- && read more; exit 7';
    const input = { kind: 'text', text: 'hello\n' } as const;
    assert.equal(measured(await shell(() => script, { input })).processes.length, 2);
    assert.match(
      String(await shell(() => script, { input: { ...input, text: 'bye\n' } })),
      /code 7/,
    );
  });

  onLinux('says how a program ended that did not wait, and what it wrote', async () => {
    const result = await shell(() => 'echo one >&2; echo "no tty" >&2; exit 3');
    assert.equal(
      result,
      'sh ended with exit code 3 before it could be measured. It wrote “one / no tty”. It has no terminal here.',
    );
    assert.match(String(await shell(() => 'kill -SEGV $$')), /^sh ended by SIGSEGV/);
  });

  onLinux('says that the program became another one', async () => {
    const result = await shell(() => `exec '${process.execPath}' -`);
    assert.match(String(result), /^sh has handed its process over to .*node/);
  });

  onLinux(
    'measures one that never sleeps when the time is over, ignoring what it ignores',
    async () => {
      const result = await shell(() => 'trap "" TERM HUP INT; while :; do :; done', {
        limitMs: 500,
      });
      const { processes, remarks } = measured(result);
      assert.equal(processes.length, 2);
      assert.match(remarks.join(), /did not come to rest in 1 s/);
    },
  );

  onLinux('ends the children too, and says there were some', async () => {
    const result = await shell((word) => `${sleeper(word)} & ${sleeper(word)} & wait`);
    assert.match(measured(result).remarks.join(), /^\d processes that they started: not measured/);
  });

  onLinuxWith(['setsid'], 'ends daemons that left their session', async () => {
    const daemon = (word: string) => `setsid setsid ${sleeper(word)} & `;
    const gone = await shell((word) => `${daemon(word)} exit 0`);
    assert.match(String(gone), /exit code 0 .* in the background/);
    assert.equal(measured(await shell((word) => `${daemon(word)} read x`)).processes.length, 2);
  });

  // Without prlimit they get away, if they are quick.
  onLinuxWith(
    ['setsid', 'prlimit'],
    'ends daemons that left their session and their environment',
    async () => {
      const path = process.env.PATH;
      await shell((word) => `env -i PATH=${path} setsid setsid ${sleeper(word)} & exit 0`);
    },
  );

  onLinuxWith(['setsid'], 'ends daemons where there is no prlimit to mark them with', async () => {
    const setsid = pathCommand('setsid');
    const path = process.env.PATH;
    process.env.PATH = '/no/such/folder';
    try {
      const sh = systemCommand('sh');
      const sleep = `'${systemCommand('sleep')} 1000; :'`;
      await shell((word) => `${setsid} ${setsid} ${sh} -c ${sleep} ${word} & exit 0`);
    } finally {
      process.env.PATH = path;
    }
  });

  onLinux('ends what goes on starting processes', async () => {
    await shell((word) => `spawn() { sh -c 'sleep 0.05; :' ${word}; spawn & }; spawn; sleep 9`, {
      limitMs: 1000,
    });
  });

  onLinux('can be cancelled, at once and later, and leaves nothing', async () => {
    const { program } = loadProgram(systemCommand('sh'));
    assert.ok(program);
    for (const after of [0, 30, 400]) {
      const word = randomUUID();
      const controller = new AbortController();
      if (after === 0) controller.abort();
      const request: RunRequest = {
        program,
        args: ['-c', `${sleeper(word)} & while :; do :; done`, word],
        input: { kind: 'open' },
        instances: 4,
        aslr: true,
        limitMs: LIMIT_MS,
        cwd: tmpdir(),
      };
      const timer = setTimeout(() => controller.abort(), after);
      assert.equal(await runAndMeasure(request, controller.signal, () => {}), 'Cancelled.');
      clearTimeout(timer);
      assert.deepEqual(processesWith(word), []);
    }
  });

  onX64Linux('says why a file cannot be run', async () => {
    assert.match(String((await run('sample/tiny.freebsd')).result), /another system/);
    const folder = mkdtempSync(join(tmpdir(), 'pagecost-'));
    const path = join(folder, 'tiny');
    copyFileSync('sample/tiny-nolibc', path);
    chmodSync(path, 0o644);
    assert.match(String((await run(path)).result), /^tiny cannot be run: .*chmod/);
    const loaderless = readFileSync('sample/tiny-glibc', 'latin1').replace(
      '/ld-linux',
      '/no-linux',
    );
    writeFileSync(path, loaderless, 'latin1');
    assert.match(String((await run(path)).result), /^tiny cannot be run here: .*\/no-linux-x86/);
    rmSync(folder, { recursive: true });
    const nowhere = await run('sample/tiny-nolibc', [], { cwd: '/no/such/folder' });
    assert.match(String(nowhere.result), /^tiny-nolibc could not be started: .*folder/);
    const absurd = await run('sample/tiny-nolibc', ['a\0b']);
    assert.match(String(absurd.result), /^tiny-nolibc could not be started: /);
  });
});
