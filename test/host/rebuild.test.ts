import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, Disposable, RelativePattern, Uri, ViewColumn, window, workspace } from 'vscode';
import { followProgram } from '../../src/editor/binaries/follow-program.js';
import { isWhole, type Reading } from '../../src/editor/binaries/reading.js';
import { watchFile } from '../../src/editor/binaries/watch-file.js';
import { followBuilds } from '../../src/editor/builds/follow-builds.js';
import { showProgram } from '../../src/editor/panel/view.js';
import { beingWritten } from './support/being-written.js';
import { activate, closeEverything, sample, until, untilNoticed } from './support/host.js';

describe('A rebuilt binary', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagecost-host-'));
  // A name that would mean something in a pattern of file names.
  const path = join(folder, 'a[1]{b}.out');
  const build = (name: string) => {
    copyFileSync(sample(name).fsPath, `${path}.new`);
    renameSync(`${path}.new`, path);
  };
  before(activate);
  beforeEach(() => build('tiny.freebsd'));
  afterEach(closeEverything);
  after(() => rmSync(folder, { recursive: true }));

  it('refreshes the text of its sections, through truncation and deletion', async () => {
    await commands.executeCommand('pagecost.showSections', Uri.file(path));
    const document = window.activeTextEditor?.document;
    assert(document);
    const shows = (what: RegExp) => until(`${what}`, () => what.test(document.getText()));
    await shows(/ELF32/);
    build('tiny-musl');
    await shows(/ELF64/);
    truncateSync(path, 20);
    await shows(/ends after 20 of/);
    build('tiny.freebsd');
    await shows(/ELF32/);
    rmSync(path);
    await shows(/no such file/);
    build('tiny-musl');
    await shows(/ELF64/);
  });

  it('is gone with a folder around it, and back with that', async () => {
    const around = mkdtempSync(join(sample('.').fsPath, 'gone-'));
    const inside = Uri.file(join(around, 'build', 'app'));
    mkdirSync(join(around, 'build'));
    let changes = 0;
    const watching = watchFile(inside, () => changes++);
    watchFile(inside, () => {}).dispose();
    try {
      const move = () => {
        if (existsSync(around)) renameSync(around, `${around}.away`);
        else renameSync(`${around}.away`, around);
      };
      await untilNoticed('a move', move, () => changes > 0);
      for (const what of ['one way', 'the other way']) {
        const before = changes;
        move();
        await until(what, () => changes > before);
      }
    } finally {
      watching.dispose();
      for (const path of [around, `${around}.away`]) rmSync(path, { recursive: true, force: true });
    }
  });

  it('refreshes the panel', async () => {
    const { statusText } = await activate();
    await commands.executeCommand('pagecost.estimate10k', Uri.file(path));
    const before = await until('the figure', statusText);
    build('tiny-glibc');
    const after = await until('another figure', () => {
      const text = statusText();
      return text !== before && text;
    });
    assert.match(after, /×10,000: .* GiB$/);
    // As an object file: it can be read, but there is no process to estimate.
    const object = readFileSync(path);
    object.writeUInt16LE(1, 16);
    writeFileSync(path, object);
    await until('no figure', () => statusText() === undefined);
    build('tiny-musl');
    await until('a figure', statusText);
    rmSync(path);
    await until('no figure', () => statusText() === undefined);
    build('tiny.freebsd');
    assert.equal(await until('the figure again', statusText), before);
  });

  it('is said as it is now beside its sections, although a hidden editor still has the one before', async () => {
    const { statusText } = await activate();
    await commands.executeCommand('vscode.openWith', Uri.file(path), 'pagecost.estimate');
    const before = await until('the figure', statusText);
    await commands.executeCommand('pagecost.showSections', Uri.file(path));
    const document = window.activeTextEditor?.document;
    assert(document);
    build('tiny-glibc');
    const inText = () => /One more process: ([\d.]+ KiB)/.exec(document.getText())?.at(1);
    await until('another figure, in both', () => {
      const text = statusText();
      return text !== before && text?.startsWith(`${inText()} `);
    });
  });

  it('is what it was while a linker is at work', async () => {
    const part = readFileSync(sample('tiny-musl').fsPath).subarray(0, 8000);
    const follow = async (patience: number) => {
      const seen: boolean[] = [];
      const use = (reading: Reading) => seen.push(isWhole(reading));
      const following = followProgram(Uri.file(path), use, patience);
      await until('the first reading', () => seen.length === 1);
      return { seen, following };
    };
    const patient = await follow(600_000);
    const hasty = await follow(0);
    writeFileSync(path, part);
    await until('a part of it', () => hasty.seen.at(-1) === false);
    build('tiny-musl');
    await until('all of it', () => patient.seen.length > 1);
    assert.ok(patient.seen.every((whole) => whole));
    for (const { following } of [patient, hasty]) following.dispose();
  });

  it('is not read while it is written, although nobody says so and its headers are there', async () => {
    const writing = beingWritten(path);
    const seen: Reading[] = [];
    const following = followProgram(Uri.file(path), (reading) => seen.push(reading), 600_000);
    try {
      await until('several looks', () => writing.looks() > 2);
      assert.equal(seen.length, 0);
      writing.end();
      await until('a reading', () => seen.length === 1);
    } finally {
      writing.end();
      following.dispose();
    }
  });

  it('is no build before it is whole, or stays in part, or gone', async () => {
    const part = readFileSync(sample('tiny-musl').fsPath).subarray(0, 8000);
    const follow = (patience: number) => {
      const seen: boolean[] = [];
      const following = { isLeftOut: () => false, known: () => [Uri.file(path)] };
      const built = () => seen.push(existsSync(path) && statSync(path).size > part.length);
      const pattern = new RelativePattern(Uri.file(folder), '*');
      return { seen, builds: followBuilds([pattern], following, built, patience) };
    };
    const patient = follow(600_000);
    const hasty = follow(0);
    const isSeen = (whole: boolean) => hasty.seen.splice(0).includes(whole);
    try {
      const write = () => writeFileSync(path, part);
      await untilNoticed('a part of it', write, () => isSeen(false));
      rmSync(path);
      await until('nothing of it', () => isSeen(false));
      assert.ok(patient.builds.isWaiting());
      build('tiny-musl');
      await until('all of it', () => patient.seen.length > 0);
      assert.deepEqual(patient.seen, [true]);
      assert.ok(!patient.builds.isWaiting());
    } finally {
      for (const { builds } of [patient, hasty]) builds.dispose();
    }
  });

  it('is a build although nobody says that its headers are written', async () => {
    const aside = mkdtempSync(join(tmpdir(), 'pagecost-host-'));
    const [linked, draft] = [join(folder, 'linked'), join(aside, 'draft')];
    const pattern = new RelativePattern(Uri.file(folder), '*');
    let isBuilt = false;
    const built = () => {
      isBuilt = true;
    };
    const builds = followBuilds([pattern], { isLeftOut: () => false, known: () => [] }, built);
    // As by gold: it has all of its bytes at first, and what is then written another way is no event.
    const watcher = workspace.createFileSystemWatcher(pattern);
    watcher.onDidCreate(({ path }) => {
      if (path === linked) copyFileSync(sample('tiny-musl').fsPath, draft);
    });
    try {
      const begin = () => {
        for (const path of [linked, draft]) rmSync(path, { force: true });
        writeFileSync(draft, new Uint8Array(8192));
        linkSync(draft, linked);
      };
      await untilNoticed('the build', begin, () => isBuilt);
    } finally {
      Disposable.from(builds, watcher).dispose();
      rmSync(aside, { recursive: true });
    }
  });

  it('refreshes the panel through symbolic links, wherever they come to lead', async () => {
    const { statusText } = await activate();
    const at = (name: string) => join(folder, name);
    for (const name of ['one', 'two']) mkdirSync(at(name));
    copyFileSync(sample('tiny.freebsd').fsPath, at('one/server'));
    copyFileSync(sample('tiny-glibc').fsPath, at('two/server'));
    symlinkSync('one', at('current'));
    symlinkSync(at('current/server'), at('link'));
    await commands.executeCommand('pagecost.estimate10k', Uri.file(at('link')));
    const shown = [await until('the figure', statusText)];
    const another = async (change: () => void) => {
      change();
      const next = await until('another figure', () => {
        const text = statusText();
        return text !== shown.at(-1) && text;
      });
      shown.push(next);
    };
    await another(() => copyFileSync(sample('tiny-musl').fsPath, at('one/server')));
    await another(() => {
      rmSync(at('current'));
      symlinkSync('two', at('current'));
    });
    await another(() => copyFileSync(sample('tiny.freebsd').fsPath, at('two/server')));
    assert.equal(shown.at(-1), shown[0]);
  });

  it('has no figure for the status bar while only a part of it is there, which is no build to compare with', async () => {
    const whole = readFileSync(sample('tiny-musl').fsPath);
    writeFileSync(path, whole.subarray(0, 8000));
    const panel = window.createWebviewPanel('test', 'test', ViewColumn.One);
    let estimated = false;
    panel.webview.onDidReceiveMessage(({ kind }) => {
      estimated ||= kind === 'estimated';
    });
    const view = showProgram(panel, Uri.file(path), () => {}, undefined);
    await until('what the panel shows of the part', () => estimated);
    assert.equal(view.figure(), undefined);
    writeFileSync(path, whole);
    await until('the figure of all', () => view.figure());
    assert.equal(view.comparing.state().base, undefined);
  });

  it('is for as many processes as were asked for while it was gone', async () => {
    rmSync(path);
    const panel = window.createWebviewPanel('test', 'test', ViewColumn.One);
    let ready = false;
    panel.webview.onDidReceiveMessage(({ kind }) => {
      ready ||= kind === 'ready';
    });
    let readings = 0;
    const view = showProgram(panel, Uri.file(path), () => readings++, undefined);
    view.ask({ kind: 'processes', processes: 12 });
    await until('a panel that says why it is empty', () => ready && readings > 0);
    assert.equal(view.figure(), undefined);
    build('tiny.freebsd');
    await until('12 processes', () => view.figure()?.processes === 12);
  });
});
