import assert from 'node:assert/strict';
import { copyFileSync, linkSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProcesses } from '../../../src/measure/find-processes.js';
import { measureProcess, measureRunning } from '../../../src/measure/measure-running.js';
import { loadProgram } from '../../../src/program/load-program.js';
import { onX64Linux, whileRunning } from './live.js';

const SAMPLE = 'sample/tiny-nolibc';

describe('live processes of a file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pagecost-'));
    path = join(folder, 'tiny with a name longer than the kernel keeps');
    copyFileSync(SAMPLE, path);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const program = (file = path) => {
    const loaded = loadProgram(file).program;
    if (!loaded) throw new Error(file);
    return loaded;
  };

  onX64Linux('are found by the file itself, whatever it is called', () =>
    whileRunning(path, [], (first) =>
      whileRunning(path, [], (second) => {
        const pids = [first, second].sort((a, b) => a - b);
        assert.deepEqual(findProcesses(path), { pids, remarks: [] });
        symlinkSync(path, join(folder, 'link'));
        linkSync(path, join(folder, 'hard'));
        assert.deepEqual(findProcesses(join(folder, 'link')).pids, pids);
        assert.deepEqual(findProcesses(join(folder, 'hard')).pids, pids);
        copyFileSync(SAMPLE, join(folder, 'copy'));
        assert.deepEqual(findProcesses(join(folder, 'copy')).pids, []);
      }),
    ),
  );

  onX64Linux('are measured, each of them', () =>
    whileRunning(path, [], (first) =>
      whileRunning(path, [], (second) => {
        const measurement = measureRunning(program());
        assert.ok(typeof measurement !== 'string', String(measurement));
        const pids = measurement.processes.map(({ pid }) => pid);
        assert.deepEqual(
          pids,
          [first, second].sort((a, b) => a - b),
        );
        assert.deepEqual(measurement.remarks, []);
      }),
    ),
  );

  onX64Linux('of an older build are left out, and it is said that there are some', () =>
    whileRunning(path, [], (pid) => {
      const next = join(folder, 'next');
      copyFileSync(SAMPLE, next);
      renameSync(next, path); // as a linker or a package manager does
      const found = findProcesses(path);
      assert.deepEqual(found.pids, []);
      assert.match(
        found.remarks.join(),
        new RegExp(`^Process ${pid} is of an older build of tiny`),
      );
      assert.match(String(measureRunning(program())), /^No process of .* runs .* older build/);
    }),
  );

  onX64Linux('that nobody runs: it is said what to do', async () => {
    assert.match(String(measureRunning(program())), /^No process of tiny .*: start one/);
  });

  onX64Linux('or the one that was asked for; another program is said to be one', () =>
    whileRunning(path, [], (pid) => {
      const own = measureProcess(pid, program());
      assert.ok(typeof own !== 'string');
      assert.deepEqual(own.remarks, []);
      assert.ok(own.processes[0]?.regions.some(({ object }) => object?.startsWith('tiny')));
      const other = measureProcess(pid, program(SAMPLE));
      assert.ok(typeof other !== 'string');
      assert.match(other.remarks.join(), new RegExp(`^Process ${pid} runs /.*, and not ${SAMPLE}`));
      assert.match(String(measureProcess(2 ** 22 + 1, program())), /^There is no process/);
    }),
  );
});
