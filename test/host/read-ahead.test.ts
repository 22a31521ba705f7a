import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Disposable, EventEmitter, Uri, window } from 'vscode';
import type { BinaryFacts } from '../../src/editor/binaries/binary-facts.js';
import { createLastBuilds } from '../../src/editor/builds/last-builds.js';
import { createReadAhead } from '../../src/editor/code/read-ahead.js';
import {
  createFolderProgram,
  type FolderProgram,
} from '../../src/editor/folder-programs/folder-program.js';
import { pause } from '../../src/steps.js';
import { closeEverything, sample, until } from './support/host.js';

describe('What code on screen is of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagecost-ahead-'));
  const changed = new EventEmitter<void>();
  let program: FolderProgram;
  let ahead: Disposable;
  let asked: string[];
  let read: Promise<BinaryFacts | undefined> | undefined;

  const build = (from: string) => {
    copyFileSync(sample(from).fsPath, join(folder, 'new'));
    renameSync(join(folder, 'new'), join(folder, 'program'));
  };
  const show = (name: string) => window.showTextDocument(Uri.file(join(folder, name)));
  const symbols = async () => (await read)?.index?.count;

  before(async () => {
    await closeEverything();
    build('tiny-musl');
    writeFileSync(join(folder, 'notes.txt'), 'int left;\n');
    writeFileSync(join(folder, 'main.c'), 'int left;\n');
    const choice = { get: () => undefined, set: () => {} };
    const fire = () => changed.fire();
    program = createFolderProgram(Uri.file(folder), choice, createLastBuilds(), fire);
    asked = [];
    ahead = createReadAhead({
      onDidChange: changed.event,
      async of({ path }) {
        asked.push(path);
        const binary = await program.binary();
        const facts = () => {
          read = binary?.facts();
          return read ?? Promise.resolve(undefined);
        };
        return binary && { ...binary, facts, dispose() {} };
      },
    });
  });
  after(async () => {
    ahead.dispose();
    program.dispose();
    await closeEverything();
    rmSync(folder, { recursive: true });
  });

  it('is left alone while there is none', async () => {
    await show('notes.txt');
    changed.fire();
    await pause();
    assert.deepEqual(asked, []);
  });

  it('is read with its symbols before anybody hovers', async () => {
    await show('main.c');
    await until('a reading', () => read);
    assert.ok(await symbols());
  });

  it('is read anew after a build', async () => {
    const before = await symbols();
    build('tiny-glibc');
    await until('another reading', async () => (await symbols()) !== before);
  });
});
