import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationTarget, Uri, workspace } from 'vscode';
import { readProgram } from '../../src/editor/binaries/reading.js';
import { createComparing } from '../../src/editor/compare/comparing.js';
import { readCommitted } from '../../src/editor/compare/read-committed.js';
import type { Base } from '../../src/protocol.js';
import { activate, sample, until } from './support/host.js';

const base = (program: string, kind: Base['kind'] = 'build'): Base => ({
  kind,
  uri: 'file:///a.out',
  fileName: 'a.out',
  program,
  time: 0,
  whyNoLibraries: undefined,
});

describe('What a program is compared with', () => {
  let told = 0;
  const create = (earlier?: Base) => createComparing(() => told++, earlier);

  it('is nothing before it is built again, and then the first build', () => {
    const comparing = create();
    comparing.read(base('1'), false);
    assert.equal(comparing.state().base, undefined);
    assert.equal(comparing.state().pinned, 0);
    for (const build of ['2', '3', '1']) {
      comparing.read(base(build), true);
      assert.equal(comparing.state().base?.program, '1');
    }
  });

  it('is the first that could be read, however often it changed before', () => {
    const comparing = create();
    comparing.read(base('1'), true);
    assert.equal(comparing.state().base, undefined);
    comparing.read(base('2'), true);
    assert.equal(comparing.state().base?.program, '1');
  });

  it('is the build before from the first on, where that is known', () => {
    const comparing = create(base('0'));
    comparing.read(base('1'), false);
    assert.equal(comparing.state().base?.program, '0');
    comparing.read(base('2'), true);
    assert.equal(comparing.state().base?.program, '0');
    // Its libraries are elsewhere now: what was read before is no other build.
    comparing.read(base('2'), false);
    assert.equal(comparing.state().base, undefined);
  });

  it('is the build of before a reload, whenever word of that comes', () => {
    for (const late of [false, true]) {
      const comparing = create(base('another that was seen'));
      if (late) comparing.read(base('2'), false);
      comparing.restore(base('1'), undefined);
      if (!late) comparing.read(base('2'), false);
      assert.equal(comparing.state().base?.program, '1');
      comparing.read(base('3'), true);
      assert.equal(comparing.state().base?.program, '1');
      comparing.pin();
      assert.equal(comparing.state().base, undefined);
    }
  });

  it('is what was asked for before a reload, read again, unless something else is meanwhile', async () => {
    const comparing = create();
    comparing.restore(base('old', 'file'), async () => base('new', 'file'));
    comparing.read(base('1'), false);
    await until('a reading', () => comparing.state().base?.program === 'new');
    const other = create();
    other.read(base('1'), false);
    await other.compareWith(async () => base('asked for', 'file'));
    other.restore(base('0'), undefined);
    assert.equal(other.state().base?.program, 'asked for');
  });

  it('is sent once, not with every build', () => {
    const comparing = create();
    comparing.read(base('1'), false);
    comparing.read(base('2'), true);
    const before = told;
    comparing.read(base('3'), true);
    assert.equal(told, before);
  });

  it('is the build that is pinned', () => {
    const comparing = create();
    comparing.read(base('1'), false);
    comparing.read(base('2'), true);
    comparing.pin();
    assert.equal(comparing.state().base, undefined);
    comparing.read(base('3'), true);
    assert.equal(comparing.state().base?.program, '2');
  });

  it('is no build with libraries from elsewhere', () => {
    const comparing = create();
    comparing.read(base('1'), false);
    comparing.read(base('2'), true);
    comparing.read(base('2 with other libraries'), false);
    assert.equal(comparing.state().base, undefined);
    comparing.read(base('3'), true);
    assert.equal(comparing.state().base?.program, '2 with other libraries');
  });

  it('is what was asked for, read again with libraries from elsewhere, until one is pinned', async () => {
    const comparing = create();
    let reads = 0;
    comparing.read(base('1'), false);
    await comparing.compareWith(async () => base(`other, read ${++reads} times`, 'file'));
    comparing.read(base('2'), true);
    assert.equal(comparing.state().base?.program, 'other, read 1 times');
    comparing.read(base('2'), false);
    await until('another reading', () => comparing.state().base?.program === 'other, read 2 times');
    comparing.pin();
    assert.equal(comparing.state().base, undefined);
  });

  it('stays what it was where the other cannot be read', async () => {
    const comparing = create();
    comparing.read(base('1'), false);
    comparing.read(base('2'), true);
    await comparing.compareWith(async () => undefined);
    assert.equal(comparing.state().base?.program, '1');
  });

  it('is what was asked for last, however long either takes', async () => {
    const comparing = create();
    let slow: (base: Base) => void = () => {};
    const first = comparing.compareWith(
      () =>
        new Promise((resolve) => {
          slow = resolve;
        }),
    );
    await comparing.compareWith(async () => base('last', 'file'));
    slow(base('first', 'file'));
    await first;
    assert.equal(comparing.state().base?.program, 'last');
    comparing.dispose();
    await comparing.compareWith(async () => base('too late', 'file'));
    assert.equal(comparing.state().base?.program, 'last');
  });
});

describe('The version of the last commit', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pagecost-git-')));
  const at = (name: string) => Uri.file(join(folder, name));
  const copy = (name: string, path: string) => copyFileSync(sample(name).fsPath, at(path).fsPath);
  const git = (...args: string[]) => {
    const done = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
  };
  const switchGit = (on: boolean) =>
    workspace.getConfiguration('git').update('enabled', on, ConfigurationTarget.Global);

  before(async () => {
    await activate();
    mkdirSync(at('bin').fsPath);
    copy('tiny-glibc', 'bin/a.out');
    git('init', '--quiet');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message=First');
    copy('tiny-glibc', 'untracked');
  });
  after(async () => {
    await switchGit(false);
    rmSync(folder, { recursive: true });
  });

  it('is not asked for where Git is switched off', async () => {
    const { program, diagnostics } = await readCommitted(at('bin/a.out'));
    assert.equal(program, undefined);
    assert.match(diagnostics[0]?.message ?? '', /switched off \(the setting git\.enabled\)/);
  });

  it('is the program that the file would be, with its libraries', async () => {
    await switchGit(true);
    const { program: expected } = await readProgram(at('bin/a.out'));
    assert(expected);
    copy('tiny-musl', 'bin/a.out');
    const { program } = await until('Git', async () => {
      const reading = await readCommitted(at('bin/a.out'));
      return !/switched off/.test(reading.diagnostics[0]?.message ?? '') && reading;
    });
    assert.deepEqual(program, expected);
  });

  it('has a reason where there is none', async () => {
    const untracked = await readCommitted(at('untracked'));
    assert.match(
      untracked.diagnostics[0]?.message ?? '',
      /^The last commit does not have the file/,
    );
    const elsewhere = await readCommitted(Uri.file(join(tmpdir(), 'x')));
    assert.match(elsewhere.diagnostics[0]?.message ?? '', /^The file is in no Git repository/);
  });
});
