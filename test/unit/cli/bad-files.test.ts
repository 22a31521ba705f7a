import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readElf } from '../../../src/binary/elf.js';
import { memorySource } from '../../../src/binary/source.js';
import { estimate } from '../../../src/model/estimate.js';
import { START_UP } from '../../../src/model/workload.js';
import { costReport } from '../../../src/report/make-report.js';
import { costText } from '../../../src/report/text.js';
import { buildElf, EM_X86_64 } from '../../support/elf-builder.js';
import { peakMemory, runCli } from './run-cli.js';

const NOBODY = 65_534;

describe('pagecost on what is no program', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'pagecost-bad-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const file = (name: string, content: string | Uint8Array) => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  };

  it('says why, ends with 1, and goes on with the next file', () => {
    const fifo = join(directory, 'fifo');
    assert.equal(spawnSync('mkfifo', [fifo]).status, 0);
    for (const [path, reason] of [
      [directory, /not-readable: This is a directory/],
      [fifo, /not-readable: This is a FIFO/],
      ['/dev/zero', /not-readable: This is a device/],
      [join(directory, 'none'), /not-readable: There is no such file/],
      [file('empty', ''), /empty: /],
      [file('four', '\x7fELF'), /truncated at 0x4: /],
      [file('text', 'hello, world, this is text'), /not-elf at 0x0: /],
      [file('script', '#!/bin/sh\nexit\n'), /script at 0x0: /],
    ] as const) {
      const { code, output, errors } = runCli([path, 'sample/tiny.freebsd']);
      assert.equal(code, 1, path);
      assert.match(errors, reason);
      assert.equal(errors.split('\n').length, 2, errors);
      assert.match(output, /^sample\/tiny\.freebsd\n/m);
    }
  });

  it('says of a file without permission that there is none', () => {
    const path = file('secret', 'x');
    spawnSync('chmod', ['000', path]);
    spawnSync('chmod', ['755', directory]);
    const someone = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    const { code, errors } = runCli([path], someone);
    assert.equal(code, 1);
    assert.match(errors, /not-readable: There is no permission to read it\./);
  });

  it('lists the sections of an object file and of a core dump, and says why there is no more', () => {
    const sections = [{ name: '.text', flags: 6, content: [0xc3] }];
    for (const [type, code] of [
      [1, 'object-file'],
      [4, 'core-dump'],
    ] as const) {
      const path = file(code, buildElf({ class: 64, machine: EM_X86_64, type, sections }));
      const ended = runCli([path]);
      assert.equal(ended.code, 1);
      assert.match(ended.output, /^ +1 +\.text +PROGBITS +AX +1$/m);
      assert.ok(ended.errors.includes(`${path}: ${code}: `), ended.errors);
      const { program, diagnostics } = JSON.parse(runCli(['--json', path]).output);
      assert.equal(program.machine, 'x86-64');
      assert.equal(diagnostics.at(-1).code, code);
    }
  });

  it('does not take a program for another system', () => {
    const { code, errors } = runCli(['--system', 'linux-x86-64', 'sample/tiny.freebsd']);
    assert.equal(code, 1);
    assert.match(errors, /unknown-system: .* is described for programs of x86-64 .* one of i386/);
  });

  it('reads of a file of 96 GiB what its headers say, in little memory', () => {
    const path = file('large', readFileSync('sample/tiny-musl'));
    truncateSync(path, 96 * 2 ** 30);
    const { code, errors } = runCli(['--stats', path]);
    assert.equal(code, 0);
    const read = /^read ([\d,]+) of 103,079,215,104 bytes/m.exec(errors)?.[1];
    assert.ok(Number(read?.replaceAll(',', '')) < 2 ** 20, errors);
    assert.ok(peakMemory([path]) - peakMemory(undefined) < 40 * 2 ** 20);
  });

  it('writes no control characters, whatever the names are', () => {
    const named = file('a\x1b[31m\u202eb\nc', 'x');
    for (const path of [named, 'test/fixtures/hostile-dynamic', 'test/fixtures/hostile-names']) {
      for (const option of ['--stats', '--json']) {
        const { output, errors } = runCli([option, path]);
        assert.doesNotMatch(output + errors, /[^\P{Cc}\n]|\p{Cf}/u);
      }
    }
    const { errors } = runCli(['--\x1b[31m\u202e']);
    assert.doesNotMatch(errors, /[^\P{Cc}\n]|\p{Cf}/u);
  });
});

describe('A program cut off anywhere', () => {
  it('has a report or a reason', () => {
    const bytes = new Uint8Array(readFileSync('sample/tiny-nolibc'));
    for (let length = 0; length < bytes.length; length++) {
      const { binary, diagnostics } = readElf(memorySource(bytes.subarray(0, length)));
      if (!binary) {
        assert.notEqual(diagnostics.length, 0);
        continue;
      }
      const program = { path: 'cut', binary, interpreter: undefined, libraries: [], missing: [] };
      const asked = { workload: START_UP, processes: 1 };
      const estimated = estimate(program, { ...asked, system: undefined, aslr: false });
      assert.notEqual(estimated.diagnostics.length, 0, `nothing wrong at ${length} bytes`);
      const { cost } = estimated;
      // What is written depends on the findings, which are the same over long stretches.
      if (cost && length % 16 === 0) {
        const text = costText(costReport(program, cost, estimated.diagnostics, asked));
        assert.match(text, /truncated|bad-/);
      }
    }
  });
});
