import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildElf, EM_X86_64, ET_REL } from '../../support/elf-builder.js';
import { assertValid } from '../../support/json-schema.js';
import { assertShown } from './page-example.js';
import { runCli } from './run-cli.js';

const OBJECT = buildElf({ class: 64, littleEndian: true, machine: EM_X86_64, type: ET_REL });

describe('pagecost rank', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'pagecost-rank-'));
    mkdirSync(join(directory, 'build/deep'), { recursive: true });
    add('tiny-musl', 'build/deep/small');
    add('tiny-glibc-static', 'build/big');
    add('tiny.freebsd', 'build/old');
    writeFileSync(join(directory, 'build/script'), '#!/bin/sh\n');
    writeFileSync(join(directory, 'build/empty'), '');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const add = (name: string, path: string) =>
    copyFileSync(resolve('sample', name), join(directory, path));
  const rank = (...args: string[]) => runCli(['rank', ...args], { cwd: directory });
  const report = (...args: string[]) => {
    const document = JSON.parse(rank('--json', ...args).output);
    assertValid(document);
    return document;
  };
  const filesOf = (document: { programs: { file: string }[] }) =>
    document.programs.map(({ file }) => file);

  it('puts the dearest first, with the figures of the estimate', () => {
    const { programs, estimated, failed } = report('--processes', '7', 'build');
    assert.deepEqual(filesOf({ programs }), ['build/big', 'build/deep/small', 'build/old']);
    assert.equal(estimated, 3);
    assert.deepEqual(failed, []);
    for (const program of programs) {
      const { output } = runCli(['--json', '--processes', '7', program.file], { cwd: directory });
      const { perProcess, sharedOnceBytes, totalBytes, incomplete, pageBytes, pageTables } =
        JSON.parse(output);
      assert.deepEqual(program.perProcess, perProcess);
      assert.equal(program.sharedOnceBytes, sharedOnceBytes);
      assert.equal(program.totalBytes, totalBytes);
      assert.equal(program.incomplete, incomplete);
      assert.ok(Math.abs(program.privatePages - perProcess.privateBytes / pageBytes) <= 0.005);
      assert.ok(Math.abs(program.tablePages - pageTables.mean) <= 0.005);
    }
    assert.deepEqual(
      programs.map(({ incomplete }: { incomplete: boolean }) => incomplete),
      [false, false, true],
    );
  });

  it('prints a table, a lower bound marked as one', () => {
    const { code, output, errors } = rank('build');
    assert.equal(errors, '');
    assert.equal(code, 0);
    const [head, ...lines] = output.split('\n');
    assert.match(head ?? '', /^ *per process +10,000 processes +private +tables +program$/);
    assert.match(lines[0] ?? '', /^ *[≈±~] [\d,]+ +[\d.]+ [MG]iB +[\d.]+ +[\d.]+ +build\/big$/);
    assert.match(lines[2] ?? '', /^ *≥ [\d,]+ +≥ [\d.]+ [MG]iB +[\d.]+ +[\d.]+ +build\/old$/);
    assert.match(output, /^3 programs estimated\.$/m);
  });

  it('prints what its page shows', () => {
    const files = ['tiny-glibc-static', 'tiny-musl', 'tiny-nolibc', 'tiny.freebsd'];
    assertShown('docs/cli.md', ['rank', '--top', '2', ...files.map((name) => `sample/${name}`)]);
  });

  it('reports on the dearest only where it is asked to', () => {
    const { programs, estimated } = report('--top', '1', 'build');
    assert.deepEqual(filesOf({ programs }), ['build/big']);
    assert.equal(estimated, 3);
    assert.match(rank('--top', '1', 'build').output, /; 2 cheaper ones are not shown\.$/m);
    assert.match(rank('--top', '2', 'build').output, /; 1 cheaper one is not shown\.$/m);
  });

  it('has a program once, whatever leads to it', () => {
    linkSync(join(directory, 'build/big'), join(directory, 'build/hard'));
    symlinkSync('big', join(directory, 'build/a-link'));
    symlinkSync('.', join(directory, 'build/circle'));
    assert.deepEqual(filesOf(report('build', 'build/deep')), [
      'build/big',
      'build/deep/small',
      'build/old',
    ]);
    mkdirSync(join(directory, 'links'));
    symlinkSync('../build/big', join(directory, 'links/program'));
    assert.deepEqual(filesOf(report('links')), ['links/program']);
  });

  it('takes files as well, each once, and passes over those that are no programs', () => {
    writeFileSync(join(directory, 'build/notes.txt'), 'no program');
    assert.deepEqual(filesOf(report('build/old', 'build/notes.txt', 'build/old')), ['build/old']);
    assert.deepEqual(filesOf(report('build/deep/small', 'build/deep')), ['build/deep/small']);
    assert.equal(rank('build/notes.txt').code, 1);
  });

  it('passes over what is not to be started, and groups what has no estimate by the reason', () => {
    writeFileSync(join(directory, 'build/object.o'), OBJECT);
    for (const name of ['cut1', 'cut2']) {
      writeFileSync(join(directory, 'build', name), OBJECT.subarray(0, 20));
    }
    const { programs, failed } = report('build');
    assert.equal(programs.length, 3);
    assert.equal(failed.length, 1);
    assert.deepEqual(failed[0].files, ['build/cut1', 'build/cut2']);
    const { code, output } = rank('build');
    assert.equal(code, 0);
    assert.match(output, /^Without an estimate\n {2}2: .*build\/cut1, build\/cut2$/m);
  });

  it('keeps what it found where there are many files, and says the same the next time', () => {
    const many = Array.from({ length: 500 }, (_, i) => `build/${i}`);
    for (const path of many) writeFileSync(join(directory, path), OBJECT);
    const cache = join(directory, 'cache');
    const ranked = (...args: string[]) =>
      runCli(['rank', ...args], {
        cwd: directory,
        env: { ...process.env, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, HOME: cache },
      });
    assert.equal(ranked('build/deep').code, 0);
    assert.equal(ranked('--sysroot', directory, 'build').code, 0);
    assert.equal(existsSync(cache), false);
    const first = ranked('build');
    assert.equal(first.code, 0);
    assert.ok(existsSync(cache));
    assert.deepEqual(ranked('build'), first);
  });

  it('says where there is nothing to rank', () => {
    const { code, output, errors } = rank('none', 'build/big/x', 'build');
    assert.equal(code, 1);
    assert.equal(
      errors,
      `pagecost: none: There is no such directory or file.
pagecost: build/big/x: There is no such directory or file.
`,
    );
    assert.match(output, /^3 programs estimated\.$/m);
    mkdirSync(join(directory, 'nothing'));
    const nothing = rank('nothing');
    assert.equal(nothing.code, 1);
    assert.equal(nothing.output, '0 programs estimated.\n');
  });

  it('shows no control characters of names', () => {
    add('tiny-musl', 'build/\u001b[2Jx');
    const { output } = rank('build');
    assert.ok(output.includes('build/\\u{1b}[2Jx'));
    assert.ok(!output.includes('\u001b'));
  });

  it('takes no other usage', () => {
    for (const args of [[], ['--top', '0', 'build'], ['--top', 'x', 'build'], ['--heap', '1']]) {
      const { code, errors } = rank(...args);
      assert.equal(code, 2);
      assert.match(errors, /See pagecost rank --help\.$/m);
    }
  });
});
