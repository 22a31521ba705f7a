import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, realpathSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectNames } from '../../../src/measure/object-names.js';
import { measuringProblem } from '../../../src/measure/platform.js';
import { tryRead, tryReadProc } from '../../../src/measure/proc.js';
import { readProcess } from '../../../src/measure/process-memory.js';
import { sleeps } from '../../../src/measure/process-stat.js';
import { runningProblem } from '../../../src/measure/runnable.js';
import { parseSmaps } from '../../../src/measure/smaps.js';
import type { MeasuredProcess } from '../../../src/model/measurement.js';
import type { Program } from '../../../src/model/program.js';
import { coarsen, count, type Runs, union } from '../../../src/model/runs.js';
import { loadProgram } from '../../../src/program/load-program.js';
import { childrenOf, onLinux, onX64Linux, systemCommand, until, whileRunning } from './live.js';

/** Has node read 64 MiB that it never writes. */
const READS_ZEROS = `const zeros = Buffer.alloc(1 << 26); let sum = 0;
for (let i = 0; i < zeros.length; i += 4096) sum += zeros[i];
process.stdin.resume(); process.stdin.on('data', () => console.log(sum, zeros));`;

const WAITING: readonly (readonly [string, readonly string[]])[] = [
  [systemCommand('sleep'), ['60']],
  [systemCommand('cat'), []],
  [systemCommand('sh'), []],
  [process.execPath, ['-e', READS_ZEROS]],
  ...['nolibc', 'musl', 'musl-dynamic', 'glibc-static', 'glibc'].map(
    (kind) => [`sample/tiny-${kind}`, []] as const,
  ),
];

function programAt(path: string): Program {
  const { program } = loadProgram(path);
  if (!program) throw new Error(path);
  return program;
}

function measured(pid: number, objects: ReadonlyMap<string, string> = new Map()): MeasuredProcess {
  const process = readProcess(pid, objects);
  if (typeof process === 'string') throw new Error(process);
  return process;
}

/** A process read while nothing in it changed: some have threads that are never quite done. */
function still(pid: number): { process: MeasuredProcess; smaps: string } {
  for (let tries = 0; tries < 50; tries++) {
    const smaps = tryReadProc(pid, 'smaps') ?? '';
    const process = measured(pid);
    if (tryReadProc(pid, 'smaps') === smaps) return { process, smaps };
  }
  throw new Error(`Process ${pid} does not rest.`);
}

const present = ({ regions }: MeasuredProcess): Runs =>
  union(...regions.map((region) => region.present ?? []));

describe('the memory of a live process', () => {
  for (const [command, args] of WAITING) {
    const problem = measuringProblem() ?? runningProblem(programAt(command));
    if (problem !== undefined) {
      it(`is that of ${command} (skipped: ${problem})`);
      continue;
    }
    onLinux(`agrees with the kernel’s own sums: ${command}`, () =>
      whileRunning(command, args, (pid) => {
        const { process, smaps } = still(pid);
        const anonymous = [...smaps.matchAll(/^Anonymous:\s+(\d+) kB/gm)].map(
          (m) => 1024 * Number(m[1]),
        );
        for (const [i, region] of parseSmaps(smaps).entries()) {
          const own = process.regions[i];
          // Private_Dirty has pages of files in it that are not on disk yet; these are shared.
          assert.equal(count(own?.private ?? []) * process.pageSize, anonymous[i], region.line);
          assert.equal(own?.privateBytes, anonymous[i], region.line);
          assert.equal(own?.residentBytes, region.resident, region.line);
          // Pages of zeros, and the kernel's own, are there and count nowhere.
          assert.ok(count(own?.present ?? []) * process.pageSize >= region.resident, region.line);
        }
        const status = tryReadProc(pid, 'status') ?? '';
        const space = Number(/^VmSize:\s+(\d+)/m.exec(status)?.[1]) * 1024;
        const pages = process.regions.reduce((sum, region) => sum + region.pages, 0);
        assert.equal(pages * process.pageSize, space);
      }),
    );

    onX64Linux(`needs the page tables its pages say: ${command}`, () =>
      whileRunning(command, args, (pid) => {
        const { process } = still(pid);
        const pages = present(process);
        const tables = [2 ** 9, 2 ** 18, 2 ** 27].map((size) => count(coarsen(pages, size)));
        assert.equal(tables.reduce((a, b) => a + b) * 4096, process.tableBytes);
      }),
    );
  }

  onLinux('has pages of zeros that nobody wrote: present, and not private', () =>
    whileRunning(process.execPath, ['-e', READS_ZEROS], (pid) => {
      const zeros = measured(pid).regions.find(
        (region) =>
          region.pages >= 1 << 14 &&
          region.present &&
          count(region.present) >= 1 << 14 &&
          region.residentBytes < 1 << 20,
      );
      assert.ok(zeros, 'a region of 64 MiB, there and not resident');
      assert.ok(count(zeros.private ?? []) < 16);
    }),
  );

  onLinux('that was forked holds alone only what it has written since', () =>
    whileRunning(systemCommand('sh'), ['-c', '(read line; echo $line); echo'], async (pid) => {
      await until(() => childrenOf(pid).length === 1 && sleeps(childrenOf(pid)[0] as number));
      const child = measured(childrenOf(pid)[0] as number);
      const own = (p: MeasuredProcess) => p.regions.reduce((sum, r) => sum + r.privateBytes, 0);
      await whileRunning(systemCommand('sh'), [], (alone) => {
        assert.ok(own(child) < own(measured(alone)) * 0.75, `${own(child)} bytes`);
      });
      for (const [i, region] of parseSmaps(tryReadProc(child.pid, 'smaps') ?? '').entries()) {
        assert.equal(child.regions[i]?.privateBytes, region.privateDirty, region.line);
      }
    }),
  );

  onLinux('is told by the program’s own names for its files', () => {
    const path = systemCommand('cat');
    const program = programAt(path);
    const names = objectNames(program);
    return whileRunning(path, [], (pid) => {
      const files = new Set(measured(pid, names).regions.map((region) => region.object));
      assert.ok(files.has('cat'));
      for (const { name } of program.libraries) assert.ok(files.has(name), name);
      assert.equal(files.has(program.interpreter?.name), program.interpreter !== undefined);
    });
  });

  onX64Linux('of a file that is gone is not taken for the file that is there now', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pagecost-'));
    const path = join(folder, 'tiny');
    copyFileSync('sample/tiny-nolibc', path);
    const names = new Map([[realpathSync(path), 'tiny']]);
    return whileRunning(path, [], (pid) => {
      assert.ok(measured(pid, names).regions.some(({ object }) => object === 'tiny'));
      unlinkSync(path);
      copyFileSync('sample/tiny-nolibc', path);
      const regions = measured(pid, names).regions;
      assert.ok(regions.every(({ object }) => object === undefined));
      assert.ok(regions.some(({ name }) => name.endsWith('/tiny (deleted)')));
    }).finally(() => rmSync(folder, { recursive: true }));
  });

  onX64Linux('says how its addresses came about', () =>
    whileRunning('sample/tiny-nolibc', [], (pid) => {
      const off = tryRead('/proc/sys/kernel/randomize_va_space')?.trim() === '0';
      const here = Number.parseInt(tryReadProc(process.pid, 'personality') ?? '0', 16) & 0x40000;
      assert.equal(measured(pid).randomised, !off && !here);
      assert.equal(measured(pid).threads, 1);
      assert.ok(measured(process.pid).threads > 1);
    }),
  );

  onLinux('is not there for a process that is not', () => {
    assert.match(String(readProcess(2 ** 22 + 1, new Map())), /^There is no process 4194305/);
    return Promise.resolve();
  });

  onLinux('is not there for one that has ended and not been waited for', () =>
    // The shell becomes a cat, which knows nothing of the child that it has.
    whileRunning(systemCommand('sh'), ['-c', 'true & exec cat'], async (pid) => {
      await until(() =>
        childrenOf(pid).some((c) => /^State:\s+Z/m.test(tryReadProc(c, 'status') ?? '')),
      );
      assert.match(String(readProcess(childrenOf(pid)[0] as number, new Map())), /has ended/);
    }),
  );

  onLinux('is not there for a part of the kernel', () => {
    const kernel = childrenOf(2)[0]; // 2 is kthreadd; in a container it is somebody else
    if (kernel === undefined || tryReadProc(kernel, 'maps') !== '') return Promise.resolve();
    assert.match(String(readProcess(kernel, new Map())), /part of the kernel|not ours/);
    return Promise.resolve();
  });

  onLinux('does not fail while processes come and go', async () => {
    for (let i = 0; i < 20; i++) {
      const child = spawn(systemCommand('sh'), ['-c', ':']);
      const ended = once(child, 'exit');
      for (let n = 0; n < 10; n++) {
        const result = readProcess(child.pid ?? 0, new Map());
        if (typeof result === 'string') assert.match(result, /ended|ending|no process/);
        else assert.ok(result.regions.length > 0);
        await new Promise(setImmediate);
      }
      await ended;
    }
  });
});
