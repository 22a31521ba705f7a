import assert from 'node:assert/strict';
import {
  appendFileSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { CancellationTokenSource, ConfigurationTarget, Uri, workspace } from 'vscode';
import { createLastBuilds } from '../../src/editor/builds/last-builds.js';
import {
  createFolderProgram,
  type FolderProgram,
} from '../../src/editor/folder-programs/folder-program.js';
import { newestProgram } from '../../src/editor/folder-programs/newest-program.js';
import { sample, until } from './support/host.js';

/** A folder as a build leaves it, in a workspace or not. */
class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'pagecost-folder-'));
  readonly uri = Uri.file(this.path);
  readonly lastBuilds = createLastBuilds();
  chosen: Uri | undefined;
  changes = 0;
  readonly program: FolderProgram = createFolderProgram(
    this.uri,
    {
      get: () => this.chosen,
      set: (program) => {
        this.chosen = program;
      },
    },
    this.lastBuilds,
    () => this.changes++,
  );

  at(name: string): Uri {
    return Uri.file(join(this.path, name));
  }

  /** @param age how long ago that was, in seconds */
  build(name: string, from: string, age = 0): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(sample(from).fsPath, `${path}.new`);
    const time = Date.now() / 1000 - age;
    utimesSync(`${path}.new`, time, time);
    renameSync(`${path}.new`, path);
  }

  async name(): Promise<string | undefined> {
    const binary = await this.program.binary();
    return binary && basename(binary.uri.path);
  }

  is(name: string | undefined): Promise<unknown> {
    return until(`${name}`, async () => (await this.name()) === name);
  }

  async bytes(): Promise<number | undefined> {
    return (await (await this.program.binary())?.cost())?.cost?.perProcess.bytes;
  }

  end(): void {
    this.program.dispose();
    rmSync(this.path, { recursive: true, force: true });
  }
}

describe('The program of a folder', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.end());

  it('is the newest executable where builds write them, told by what is in it', async () => {
    folder.build('build/deep/old', 'tiny-musl', 100);
    folder.build('target/debug/rust', 'tiny-musl', 50);
    folder.build('build/new.exe', 'tiny-glibc', 20);
    // Newer, but no program, or where no build writes any.
    writeFileSync(join(folder.path, 'build', 'notes'), 'no program');
    folder.build('src/elsewhere', 'tiny-musl');
    folder.build('build/CMakeFiles/4.0/a.out', 'tiny-musl');
    const object = readFileSync(sample('tiny-musl').fsPath);
    object.writeUInt16LE(1, 16);
    writeFileSync(join(folder.path, 'build', 'main.o'), object);
    assert.equal(await folder.name(), 'new.exe');
    assert.equal(folder.program.reason(), 'newest');
    assert.notEqual(await folder.bytes(), undefined);
  });

  it('is none where there is none', async () => {
    assert.equal(await folder.name(), undefined);
    assert.equal(folder.program.reason(), undefined);
  });

  it('is another once that is built later', async () => {
    folder.build('build/first', 'tiny-musl', 10);
    assert.equal(await folder.name(), 'first');
    folder.build('build/second', 'tiny-musl');
    await folder.is('second');
    assert(folder.changes > 0);
    folder.build('build/first', 'tiny-musl');
    await folder.is('first');
  });

  it('is found when the first build comes', async () => {
    assert.equal(await folder.name(), undefined);
    folder.build('zig-out/bin/made', 'tiny-musl');
    await folder.is('made');
  });

  it('is found when a linker has written it that was at work before anybody looked', async () => {
    const draft = `${folder.path}.draft`;
    // What is written another way is no event.
    writeFileSync(draft, new Uint8Array(8192));
    mkdirSync(join(folder.path, 'build'));
    linkSync(draft, join(folder.path, 'build', 'linked'));
    try {
      assert.equal(await folder.name(), undefined);
      copyFileSync(sample('tiny-musl').fsPath, draft);
      await folder.is('linked');
    } finally {
      rmSync(draft);
    }
  });

  it('is the one whose estimate was opened, while it is there', async () => {
    folder.build('build/opened', 'tiny-musl', 10);
    folder.build('build/newest', 'tiny-musl');
    folder.program.open(folder.at('build/opened'));
    assert.equal(await folder.name(), 'opened');
    assert.equal(folder.program.reason(), 'opened');
    rmSync(join(folder.path, 'build', 'opened'));
    assert.equal(await folder.name(), 'newest');
    folder.build('build/opened', 'tiny-musl');
    assert.equal(await folder.name(), 'opened');
  });

  it('is the newest where the one chosen in an earlier session is gone, until that is built again', async () => {
    folder.build('build/newest', 'tiny-musl');
    folder.chosen = folder.at('build/gone');
    assert.equal(await folder.name(), 'newest');
    folder.build('build/gone', 'tiny-glibc', 50);
    assert.equal(await folder.name(), 'gone');
    assert.equal(folder.program.reason(), 'chosen');
    // A build removes it before it makes it anew.
    rmSync(join(folder.path, 'build', 'gone'));
    assert.equal(await folder.name(), 'gone');
  });

  it('leaves nobody waiting who asked for one that is not wanted any more', async () => {
    folder.build('build/newest', 'tiny-glibc');
    const binary = await folder.program.binary();
    assert(binary);
    const asked = binary.facts();
    binary.dispose();
    await asked;
    assert.equal(await binary.facts(), undefined);
  });

  it('is the one that was chosen, wherever it is, until that is taken back', async () => {
    folder.build('build/newest', 'tiny-musl');
    folder.program.open(folder.at('build/newest'));
    folder.program.choose(sample('tiny-glibc'));
    assert.equal(await folder.name(), 'tiny-glibc');
    assert.equal(folder.program.reason(), 'chosen');
    folder.program.open(folder.at('build/newest'));
    assert.equal(await folder.name(), 'tiny-glibc');
    folder.build('build/newer', 'tiny-musl');
    folder.program.choose(undefined);
    assert.equal(await folder.name(), 'newer');
    assert.equal(folder.program.reason(), 'newest');
  });

  it('says what the last build changed', async () => {
    const program = folder.at('build/server');
    folder.build('build/server', 'tiny-musl', 10);
    const before = await folder.bytes();
    const { mtimeMs } = statSync(program.fsPath);
    assert.equal(folder.lastBuilds.changeOf(program), undefined);
    folder.build('build/server', 'tiny-glibc-static', 5);
    await until('another cost', async () => (await folder.bytes()) !== before);
    const after = await folder.bytes();
    const change = folder.lastBuilds.changeOf(program);
    assert.deepEqual([change?.before.bytes, change?.after.bytes], [before, after]);
    assert.equal(folder.lastBuilds.buildBefore(program)?.time, mtimeMs);
    // Another one, with the same cost.
    const { changes } = folder;
    folder.build('build/server', 'tiny-glibc-static');
    await until('a reading', () => folder.changes > changes);
    assert.equal(folder.lastBuilds.changeOf(program), change);
  });

  it('is what it was while a build has removed it, or has written a part of it', async () => {
    const path = join(folder.path, 'build', 'server');
    folder.build('build/server', 'tiny-musl');
    const whole = await folder.bytes();
    const isStale = async () => (await folder.program.binary())?.isStale();
    assert.equal(await isStale(), false);
    // A half of it, whose headers are there.
    writeFileSync(path, readFileSync(sample('tiny-musl').fsPath).subarray(0, 8000));
    await until('a half', isStale);
    assert.equal(await folder.bytes(), whole);
    rmSync(path);
    await until('none', isStale);
    assert.equal(await folder.bytes(), whole);
    folder.build('build/server', 'tiny-glibc');
    await until('the next', async () => !(await isStale()));
    assert.notEqual(await folder.bytes(), whole);
  });

  it('has no cost while only a part of it is there, and then no build before', async () => {
    const program = folder.at('build/server');
    const whole = readFileSync(sample('tiny-musl').fsPath);
    const half = 8000; // the headers, but not all that they announce
    mkdirSync(dirname(program.fsPath));
    writeFileSync(program.fsPath, whole.subarray(0, half));
    assert.equal(await folder.name(), 'server');
    assert.equal(await folder.bytes(), undefined);
    assert.equal((await folder.program.binary())?.isStale(), true);
    appendFileSync(program.fsPath, whole.subarray(half));
    await until('the cost of all of it', folder.bytes.bind(folder));
    assert.equal((await folder.program.binary())?.isStale(), false);
    assert.equal(folder.lastBuilds.changeOf(program), undefined);
  });

  it('is not that of another folder', async () => {
    const other = new Folder();
    try {
      folder.build('build/here', 'tiny-musl');
      other.build('build/there', 'tiny-glibc');
      assert.deepEqual([await folder.name(), await other.name()], ['here', 'there']);
    } finally {
      other.end();
    }
  });

  it('goes with its folder', async () => {
    folder.build('build/server', 'tiny-musl');
    assert.equal(await folder.name(), 'server');
    rmSync(folder.path, { recursive: true });
    assert.equal(await folder.name(), undefined);
    folder.program.choose(folder.at('build/server'));
    assert.equal(await folder.name(), undefined);
    folder.program.choose(undefined);
    folder.build('build/server', 'tiny-musl');
    await folder.is('server');
  });

  it('is looked for where the setting says', async () => {
    folder.build('build/usual', 'tiny-musl');
    folder.build('odd [place]/program', 'tiny-musl');
    const settings = workspace.getConfiguration('pagecost');
    const set = (globs: unknown) => settings.update('programs', globs, ConfigurationTarget.Global);
    try {
      assert.equal(await folder.name(), 'usual');
      await set(['odd*/*', '[', 7]);
      await folder.is('program');
      await set('nonsense');
      const { token } = new CancellationTokenSource();
      assert.equal((await newestProgram(folder.uri, token)).uri, undefined);
    } finally {
      await set(undefined);
    }
    await folder.is('usual');
  });

  it('is known to whoever asked, though another search has begun meanwhile', async () => {
    folder.build('build/usual', 'tiny-musl');
    const settings = workspace.getConfiguration('pagecost');
    const set = (globs: unknown) => settings.update('programs', globs, ConfigurationTarget.Global);
    try {
      await set(Array.from({ length: 40 }, (_, i) => `elsewhere/${i}`)); // takes a while
      const asked = folder.name();
      await set(undefined);
      assert.equal(await asked, 'usual');
    } finally {
      await set(undefined);
    }
  });

  it('is looked for among so many files, and it is said when there are more', async () => {
    for (const name of ['a', 'b', 'c']) folder.build(`build/${name}`, 'tiny-musl');
    const { token } = new CancellationTokenSource();
    const search = async (most: number) => newestProgram(folder.uri, token, most);
    assert.equal((await search(2)).limited, true);
    assert.notEqual((await search(2)).uri, undefined);
    assert.equal((await search(4)).limited, false);
  });

  it('is not what a build keeps aside, wherever the folder itself is', async () => {
    const inside = 'node_modules/addon';
    for (const aside of [
      'CMakeFiles/trial',
      'build/node_modules/tool',
      'build/meson-private/trial',
    ]) {
      folder.build(`${inside}/${aside}`, 'tiny-musl');
    }
    const { token } = new CancellationTokenSource();
    const search = () => newestProgram(folder.at(inside), token);
    assert.equal((await search()).uri, undefined);
    folder.build(`${inside}/build/server`, 'tiny-musl', 60);
    assert.equal((await search()).uri?.path, folder.at(`${inside}/build/server`).path);
  });

  it('is not looked for any more once that is cancelled', async () => {
    folder.build('build/server', 'tiny-musl');
    const cancelled = new CancellationTokenSource();
    cancelled.cancel();
    assert.equal((await newestProgram(folder.uri, cancelled.token)).uri, undefined);
  });
});
