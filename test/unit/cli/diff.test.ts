import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WHAT_IFS } from '../../../src/model/what-ifs.js';
import { buildElf } from '../../support/elf-builder.js';
import { assertShown } from './page-example.js';
import { type Ended, runCli } from './run-cli.js';

const GLIBC = 'sample/tiny-glibc-static';
const MUSL = 'sample/tiny-musl';
const FREEBSD = 'sample/tiny.freebsd';

const json = ({ code, output, errors }: Ended) => {
  assert.equal(errors, '');
  assert.equal(code, 0);
  return JSON.parse(output);
};

function assertWrongUsage(args: readonly string[], reason: RegExp) {
  const { code, output, errors } = runCli(args);
  assert.equal(code, 2, args.join(' '));
  assert.equal(output, '');
  assert.match(errors, reason);
  assert.match(errors, /\nSee pagecost .*--help\.\n$/);
}

describe('pagecost diff', () => {
  it('puts two files beside each other, and ends with 0 whether they differ or not', () => {
    const { code, output, errors } = runCli(['diff', GLIBC, MUSL]);
    assert.deepEqual([code, errors], [0, '']);
    assert.match(output, /^Before {2}sample\/tiny-glibc-static$/m);
    assert.match(output, /^After {3}sample\/tiny-musl$/m);
    const same = runCli(['diff', MUSL, MUSL]);
    assert.equal(same.code, 0);
    assert.match(same.output, /^No row differs\.$/m);
  });

  it('prints what its page shows', () => {
    assertShown('docs/cli.md', ['diff', GLIBC, MUSL]);
  });

  it('takes the options of an estimate', () => {
    const options = ['--processes', '7', '--no-aslr', '--stack', '65536'];
    const { before, after, sums } = json(runCli(['diff', '--json', ...options, GLIBC, MUSL]));
    const [old, now] = json(runCli(['--json', ...options, GLIBC, MUSL]));
    assert.deepEqual([before, after], [old, now]);
    assert.equal(sums.total.difference, now.totalBytes - old.totalBytes);
  });

  it('names both files where they are for different machines or systems, and ends with 1', () => {
    const directory = mkdtempSync(join(tmpdir(), 'pagecost-diff-'));
    after(() => rmSync(directory, { recursive: true }));
    const linux = join(directory, 'linux-i386');
    const content = new Uint8Array(100);
    const segments = [{ flags: 5, address: 0x8048000, content }];
    writeFileSync(linux, buildElf({ class: 32, machine: 3, segments }));
    for (const [other, said] of [
      [MUSL, /freebsd is for i386 \(32-bit\) and sample\/tiny-musl for x86-64 \(64-bit\)/],
      [linux, /freebsd is for FreeBSD 4\.8, i386 and .*linux-i386 for Linux/],
    ] as const) {
      const { code, output, errors } = runCli(['diff', FREEBSD, other]);
      assert.deepEqual([code, output], [1, '']);
      assert.match(errors, said);
    }
  });

  it('says of each file why it has no estimate, and ends with 1', () => {
    const { code, output, errors } = runCli(['diff', 'package.json', '/nowhere']);
    assert.deepEqual([code, output], [1, '']);
    assert.match(errors, /package\.json: not-elf.*\n.*\/nowhere: not-readable/);
    assert.equal(runCli(['diff', '--json', MUSL, 'package.json']).code, 1);
  });

  it('ends with 2 and a reason for a wrong command line', () => {
    assertWrongUsage(['diff', MUSL], /two files/);
    assertWrongUsage(['diff', MUSL, MUSL, 'third'], /'third' is one too many/);
    assertWrongUsage(['diff', '--processes', '0', MUSL, MUSL], /--processes/);
    assertWrongUsage(['diff', '--what-if', 'magic', MUSL, MUSL], /no what-if 'magic'/);
  });

  it('tells how to use it, and is the name of a file where that is meant', () => {
    for (const name of ['diff', 'what-if']) {
      const { code, output } = runCli([name, '--help']);
      assert.equal(code, 0);
      assert.match(output, new RegExp(`^Usage: pagecost ${name} `));
      for (const line of output.split('\n')) assert.ok(line.length <= 90, line);
      assert.match(runCli([`./${name}`]).errors, /not-readable/);
    }
    assert.match(runCli(['diff', '--help']).output, /0 .*whether they differ or not/);
  });
});

describe('--what-if', () => {
  it('prints what its page shows', () => {
    assertShown('docs/cli.md', ['--what-if', 'aslr-off,no-separate-code', GLIBC]);
  });

  it('changes an estimate, both sides of a difference, and nothing else', () => {
    const bytes = (...args: string[]) =>
      json(runCli(['--json', ...args, MUSL])).perProcess.bytes as number;
    assert.equal(bytes('--what-if', 'aslr-off'), bytes('--no-aslr'));
    const { before, after } = json(
      runCli(['diff', '--json', '--what-if', 'aslr-off', GLIBC, MUSL]),
    );
    for (const side of [before, after]) assert.deepEqual(side.whatIfs, ['aslr-off']);
    assert.match(runCli(['--what-if', 'aslr-off', MUSL]).output, /^What if$/m);
  });

  it('takes lists, several of them, and each id once', () => {
    const args = ['--json', '--what-if', 'aslr-off,aslr-off', '--what-if', 'aslr-off', MUSL];
    assert.deepEqual(json(runCli(args)).whatIfs, ['aslr-off']);
  });

  it('is left out with the reason where the program cannot have it', () => {
    const { code, output } = runCli(['--what-if', 'aslr-off', FREEBSD]);
    assert.equal(code, 0);
    assert.match(output, /aslr-off {2}left out: Nothing is randomised here\./);
  });

  it('lists all ids where one is wrong', () => {
    const ids = WHAT_IFS.map(({ id }) => id).join(', ');
    for (const list of ['magic', 'aslr-off,magic', 'ASLR-OFF', 'aslr-off,', '']) {
      assertWrongUsage(['--what-if', list, MUSL], new RegExp(`no what-if '.*'; there are ${ids}`));
    }
    assertWrongUsage(['measure', '--what-if', 'magic', MUSL], new RegExp(ids));
  });
});

describe('pagecost what-if', () => {
  it('lists what each saves, at the number of processes asked for', () => {
    const { estimate, whatIfs } = json(runCli(['what-if', '--json', '--processes', '5', MUSL]));
    assert.equal(whatIfs.length, WHAT_IFS.length);
    const aslr = whatIfs.find(({ id }: { id: string }) => id === 'aslr-off');
    const args = ['--json', '--processes', '5', '--what-if', 'aslr-off', MUSL];
    const changed = json(runCli(args));
    assert.equal(aslr.saving.total, estimate.totalBytes - changed.totalBytes);
    const { output } = runCli(['what-if', '--processes', '5', MUSL]);
    assert.match(output, /^Saving +bytes +5 processes$/m);
    assert.match(runCli(['what-if', FREEBSD]).output, /^ {2}aslr-off: .* Nothing is randomised/m);
  });

  it('ends with 1 for what is no program, and 2 for a wrong command line', () => {
    const { code, errors } = runCli(['what-if', 'package.json']);
    assert.equal(code, 1);
    assert.match(errors, /package\.json: not-elf/);
    assertWrongUsage(['what-if'], /No file/);
    assertWrongUsage(['what-if', MUSL, MUSL], /one too many/);
    assertWrongUsage(['what-if', '--what-if', 'aslr-off', MUSL], /'--what-if'/);
  });
});
