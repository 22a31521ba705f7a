import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, TabInputWebview, Uri, window } from 'vscode';
import { createMeasuring, type Measuring } from '../../src/editor/measure/measuring.js';
import { readStat } from '../../src/measure/process-stat.js';
import type { RunRequest } from '../../src/measure/run-and-measure.js';
import type { Program } from '../../src/model/program.js';
import { loadProgram } from '../../src/program/load-program.js';
import type { MeasuringState } from '../../src/protocol.js';
import { onLinux } from '../unit/measure/live.js';
import { activate, closeEverything, sample, until } from './support/host.js';

describe('Measuring', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagecost-measuring-'));
  // A file of its own: nobody else runs it.
  const cat = join(folder, 'cat');
  const started: ChildProcess[] = [];
  let program: Program;
  let measuring: Measuring;
  let states: MeasuringState[];

  before(() => {
    copyFileSync('/bin/cat', cat);
    const loaded = loadProgram(cat).program;
    assert(loaded);
    program = loaded;
  });
  beforeEach(() => {
    states = [];
    measuring = createMeasuring(Uri.file(cat), () => states.push(measuring.state()));
  });
  afterEach(async () => {
    measuring.dispose();
    await Promise.all(started.splice(0).map(end));
    await closeEverything();
  });
  after(() => rmSync(folder, { recursive: true }));

  function startCat(): ChildProcess {
    const child = spawn(cat, { stdio: ['pipe', 'ignore', 'ignore'] });
    started.push(child);
    return child;
  }
  /** Whoever has followed the program until now would have read it again by then. */
  async function refreshed(): Promise<void> {
    let reads = 0;
    const other = createMeasuring(Uri.file(cat), () => reads++);
    other.setVisible(true);
    other.follow(program);
    await until('another reading', () => reads > 1);
    other.dispose();
  }
  const pids = (state: MeasuringState | undefined) =>
    state?.latest?.measurement.processes.map(({ pid }) => pid);
  const request = (over: Partial<RunRequest> = {}): RunRequest => ({
    program,
    args: [],
    input: { kind: 'open' },
    instances: 2,
    aslr: true,
    limitMs: 10_000,
    cwd: folder,
    ...over,
  });

  onLinux(
    'follows live processes until they have ended, and keeps their last figures',
    async () => {
      const first = startCat();
      measuring.setVisible(true);
      assert.equal(measuring.follow(program), undefined);
      assert.deepEqual(pids(states.at(-1)), [first.pid]);
      const second = startCat();
      await until('the second process', () => pids(states.at(-1))?.length === 2);
      assert.equal(measuring.state().activity, 'following');
      await Promise.all([end(first), end(second)]);
      await until('the end', () => measuring.state().message !== undefined);
      const last = measuring.state();
      assert.match(last.message ?? '', /^The last process had ended by /);
      assert.equal(last.activity, 'none');
      assert.equal(pids(last)?.length, 2);
    },
  );

  onLinux('reads nothing while it is hidden, and again when it is not', async () => {
    startCat();
    measuring.setVisible(true);
    measuring.follow(program);
    measuring.setVisible(false);
    const before = states.length;
    await refreshed();
    assert.equal(states.length, before);
    startCat();
    measuring.setVisible(true);
    assert.equal(pids(states.at(-1))?.length, 2);
  });

  onLinux('reads no more once it is stopped', async () => {
    startCat();
    measuring.setVisible(true);
    measuring.follow(program);
    measuring.stop();
    const before = states.length;
    await refreshed();
    assert.equal(states.length, before);
    assert.equal(pids(states.at(-1))?.length, 1);
    assert.equal(measuring.state().activity, 'none');
  });

  onLinux('says that nothing runs', async () => {
    const reason = measuring.follow(program);
    assert.match(reason ?? '', /^No process of cat runs/);
    assert.equal(measuring.state().message, reason);
  });

  onLinux('runs a program, and leaves none of it', async () => {
    assert.equal(await measuring.run(request()), undefined);
    const { activity, latest, message } = measuring.state();
    assert.deepEqual([activity, message], ['none', undefined]);
    assert.equal(latest?.measurement.processes.length, 2);
    // Those that have ended are there until Node.js has asked how they did.
    const isThere = (pid: number) => readStat(pid) !== undefined;
    await until('the last to be gone', () => !pids(measuring.state())?.some(isThere));
    assert(states.some((state) => state.activity === 'running' && state.message));
  });

  onLinux('cancels a run', async () => {
    const running = measuring.run(request({ instances: 100 }));
    measuring.stop();
    assert.equal(await running, 'Cancelled.');
    assert.equal(measuring.state().message, 'Cancelled.');
    assert.match(measuring.follow(program) ?? '', /^No process of cat runs/);
  });

  onLinux('drops a run when something else is asked for', async () => {
    startCat();
    const running = measuring.run(request({ instances: 100 }));
    measuring.follow(program);
    assert.equal(await running, undefined);
    assert.equal(measuring.state().activity, 'following');
  });

  onLinux('forgets what was measured of another build', async () => {
    startCat();
    measuring.follow(program);
    measuring.forget();
    const { activity, latest, message } = measuring.state();
    assert.deepEqual([activity, latest], ['none', undefined]);
    assert.match(message ?? '', /has changed/);
    // Nothing is said to have been measured that was not.
    measuring.refuse('It cannot be run.');
    measuring.forget();
    assert.equal(measuring.state().message, undefined);
  });

  it('is not offered for files that are not on this machine', () => {
    const elsewhere = createMeasuring(Uri.parse('elsewhere:/cat'), () => {});
    assert.match(elsewhere.state().problem ?? '', /not on this machine \(elsewhere:\)/);
    elsewhere.dispose();
  });

  it('opens the panel of a binary that no view shows', async () => {
    await activate();
    await commands.executeCommand('pagecost.measureRunning', sample('tiny-musl'));
    await until('the panel', () =>
      window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .some(
          ({ input, label }) => input instanceof TabInputWebview && label === 'Cost of tiny-musl',
        ),
    );
  });
});

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
