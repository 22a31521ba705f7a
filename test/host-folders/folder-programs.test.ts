import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { commands, Uri, window, workspace } from 'vscode';
import { activate, closeEverything, until } from '../host/support/host.js';

/** A file of one of the two folders that are on this machine, of which the second is for 7 processes. */
function fileIn(folder: 'first' | 'second', path: string): Uri {
  const found = workspace.workspaceFolders?.find(({ name }) => name === folder);
  assert(found, `The tests need the folder ${folder}.`);
  return Uri.joinPath(found.uri, path);
}

describe('Programs of several folders', () => {
  const second = fileIn('second', '.');
  const build = (folder: 'first' | 'second', name: string, from: string) => {
    const { fsPath } = fileIn(folder, `build/${name}`);
    mkdirSync(dirname(fsPath), { recursive: true });
    copyFileSync(fileIn(folder, from).fsPath, `${fsPath}.new`);
    renameSync(`${fsPath}.new`, fsPath);
  };
  const open = (folder: 'first' | 'second') =>
    window.showTextDocument(fileIn(folder, 'tiny-nolibc.c'));
  let shows: (what: RegExp) => Promise<unknown>;

  before(async () => {
    const { statusText } = await activate();
    shows = (what) => until(`${what}`, () => what.test(statusText() ?? ''));
    build('first', 'one', 'tiny-musl');
    build('second', 'two', 'tiny-nolibc');
  });
  afterEach(closeEverything);
  after(() => {
    for (const folder of ['first', 'second'] as const) {
      rmSync(fileIn(folder, 'build').fsPath, { recursive: true, force: true });
    }
  });

  it('are each of their own code, by the settings of its folder', async () => {
    await open('first');
    await shows(/^one: .* ×20: /);
    await open('second');
    await shows(/^two: .* ×7: /);
    // A newer one, of the other folder.
    build('first', 'newer', 'tiny-musl');
    await open('first');
    await shows(/^newer: /);
    await open('second');
    await shows(/^two: /);
  });

  it('are opened for their folder only', async () => {
    await commands.executeCommand('pagecost.estimate10k', fileIn('second', 'tiny-musl'));
    await shows(/ ×[0-9,]+: /);
    await closeEverything();
    await open('second');
    await shows(/^tiny-musl: .* ×7: /);
    await open('first');
    await shows(/^(?:one|newer): /);
  });

  it('are forgotten with their folder', async () => {
    const index = workspace.workspaceFolders?.findIndex(({ name }) => name === 'second') ?? -1;
    const changed = () =>
      new Promise<void>((resolve) => {
        const listening = workspace.onDidChangeWorkspaceFolders(() => {
          listening.dispose();
          resolve();
        });
      });
    const removed = changed();
    assert(workspace.updateWorkspaceFolders(index, 1));
    await removed;
    const added = changed();
    assert(workspace.updateWorkspaceFolders(index, 0, { uri: second, name: 'second' }));
    await added;
    // That an estimate was opened there is forgotten, too.
    await open('second');
    await shows(/^two: /);
    await open('first');
    await shows(/^(?:one|newer): /);
  });
});
