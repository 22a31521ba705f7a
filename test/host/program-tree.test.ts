import assert from 'node:assert/strict';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { CancellationTokenSource, commands, type TreeItem, workspace } from 'vscode';
import { scanPrograms } from '../../src/editor/programs/program-scan.js';
import type { Api } from '../../src/extension.js';
import { activate, activeTab, closeEverything, sample, until } from './support/host.js';

const FOLDER = 'ranked';

describe('The view of programs', () => {
  let api: Api;
  const program = sample(`${FOLDER}/program`);
  const build = (name: string) => {
    mkdirSync(sample(FOLDER).fsPath, { recursive: true });
    copyFileSync(sample(name).fsPath, `${program.fsPath}.new`);
    renameSync(`${program.fsPath}.new`, program.fsPath);
  };
  const labels = () => api.programItems().map(({ label }) => label);
  const itemOf = (label: string): TreeItem | undefined =>
    api.programItems().find((item) => item.label === label);
  const described = (label: string, what: RegExp) =>
    until(`${label}: ${what}`, () => what.test(String(itemOf(label)?.description)));

  before(async () => {
    api = await activate();
  });
  after(async () => {
    rmSync(sample(FOLDER).fsPath, { recursive: true, force: true });
    await closeEverything();
  });

  it('is empty until it is seen, and then has the programs, the dearest first', async () => {
    assert.deepEqual(labels(), []);
    await commands.executeCommand('pagecost.programs.focus');
    await until('programs', () => labels().length > 0);
    const all = labels();
    for (const name of ['tiny-glibc-static', 'tiny-musl', 'tiny.freebsd']) {
      assert.ok(all.includes(name), `${all}`);
    }
    const { programs } = await scanPrograms(new CancellationTokenSource().token);
    const costs = programs.map(({ perProcess }) => perProcess.bytes);
    assert.deepEqual(
      costs,
      costs.toSorted((a, b) => b - a),
    );
    assert.deepEqual(
      all,
      programs.map(({ uri }) => uri.path.split('/').at(-1)),
    );
  });

  it('says what each costs, for as many processes as the settings say', async () => {
    assert.match(String(itemOf('tiny-musl')?.description), /^[\d.]+ KiB · ×10,000: [\d.]+ MiB$/);
    assert.match(String(itemOf('tiny.freebsd')?.description), /^≥ [\d.]+ KiB · ×10,000: ≥ /);
    assert.match(
      String(itemOf('tiny-musl')?.tooltip),
      /^tiny-musl\nOne more process: .*\n {2}Private memory: .*\n {2}Page tables: .*\n {2}Kernel/,
    );
    const settings = workspace.getConfiguration('pagecost');
    await settings.update('processes', 7, true);
    try {
      await described('tiny-musl', /· ×7: /);
    } finally {
      await settings.update('processes', undefined, true);
    }
    await described('tiny-musl', /· ×10,000: /);
  });

  it('follows builds, and says what the last one changed', async () => {
    build('tiny-musl');
    await described('program', /^[\d.]+ KiB · ×10,000: [\d.]+ MiB · ranked$/);
    build('tiny-glibc-static');
    await described('program', / KiB \(\+[\d.]+ KiB\) · ×.* · ranked$/);
    assert.match(String(itemOf('program')?.tooltip), /^The build before: [\d.]+ KiB$/m);
    build('tiny-musl');
    await described('program', / KiB \(−[\d.]+ KiB\) · ×.* · ranked$/);
  });

  it('has a program once, by its own name, whatever links lead to it', async () => {
    const links = [sample('a-link').fsPath, sample('z-link').fsPath];
    for (const link of links) symlinkSync(sample('tiny-musl').fsPath, link);
    const { programs } = await scanPrograms(new CancellationTokenSource().token);
    for (const link of links) rmSync(link);
    const names = programs.map(({ uri }) => uri.path.split('/').at(-1));
    assert.ok(names.includes('tiny-musl') && !names.some((name) => name?.endsWith('-link')));
  });

  it('has what is there when it is asked, though a linker may be at work', async () => {
    const before = itemOf('program')?.description;
    writeFileSync(program.fsPath, readFileSync(sample('tiny-musl').fsPath).subarray(0, 8000));
    await commands.executeCommand('pagecost.refreshPrograms');
    await described('program', /^no estimate · ranked$/);
    assert.notEqual(itemOf('program')?.tooltip, '');
    rmSync(program.fsPath);
    await commands.executeCommand('pagecost.refreshPrograms');
    await until('its end', () => itemOf('program') === undefined);
    // Nothing of that was a build.
    build('tiny-musl');
    await until('the same again', () => itemOf('program')?.description === before);
  });

  it('has what gold has linked, although nobody says that it is done', async () => {
    mkdirSync(sample(FOLDER).fsPath, { recursive: true });
    // All of its bytes are there at first, and what is then written another way is no event.
    const linked = sample(`${FOLDER}/linked`).fsPath;
    const draft = sample('../linked.draft').fsPath;
    const watcher = workspace.createFileSystemWatcher('**/linked');
    watcher.onDidCreate(() => copyFileSync(sample('tiny-musl').fsPath, draft));
    try {
      writeFileSync(draft, new Uint8Array(8192));
      linkSync(draft, linked);
      await described('linked', /^[\d.]+ KiB · ×10,000: [\d.]+ MiB · ranked$/);
    } finally {
      watcher.dispose();
      for (const path of [draft, linked]) rmSync(path, { force: true });
    }
    await until('its end', () => itemOf('linked') === undefined);
  });

  it('opens the estimate', async () => {
    const { command } = itemOf('tiny-musl') ?? {};
    assert.ok(command);
    await commands.executeCommand(command.command, ...(command.arguments ?? []));
    await until('the estimate', () => activeTab()?.label === 'tiny-musl');
  });

  it('has what a search has found that was stopped', async () => {
    const stopped = new CancellationTokenSource();
    stopped.cancel();
    assert.deepEqual((await scanPrograms(stopped.token)).programs, []);
    await commands.executeCommand('pagecost.refreshPrograms');
    await commands.executeCommand('pagecost.stopPrograms');
    assert.ok(labels().includes('tiny-musl'));
  });
});
