import assert from 'node:assert/strict';
import { commands, window, workspace } from 'vscode';
import { followProgram } from '../../../src/editor/binaries/follow-program.js';
import { isWhole, readHeaders, readProgram } from '../../../src/editor/binaries/reading.js';
import { activate, closeEverything, sample, until } from '../support/host.js';
import { hoverOn } from '../support/hovers.js';
import { type MemoryFiles, provideMemoryFiles } from '../support/memory-files.js';

describe('Files that are not on this machine', () => {
  let files: MemoryFiles;
  const at = (name: string) => files.at(`/${name}`);
  const copy = async (name: string, to = name) =>
    files.write(`/${to}`, await workspace.fs.readFile(sample(name)));

  before(async () => {
    await activate();
    files = provideMemoryFiles();
    for (const name of ['tiny-glibc', 'tiny-musl', 'tiny.c']) await copy(name);
    await copy('tiny-nolibc.c');
    await copy('tiny-nolibc');
    files.write('/large', new Uint8Array(), 2 ** 40);
  });
  after(() => files.dispose());
  afterEach(closeEverything);

  it('are fetched, without their libraries', async () => {
    const { program, whyNoLibraries } = await readProgram(at('tiny-glibc'));
    assert.match(
      whyNoLibraries ?? '',
      /not on this machine \(pagecost-test:\)|runs in the browser here/,
    );
    assert.deepEqual(
      program?.missing.map(({ name }) => name),
      ['ld-linux-x86-64.so.2', 'libc.so.6'],
    );
    assert.equal(program?.libraries.length, 0);
    assert.equal((await readProgram(at('tiny-musl'))).whyNoLibraries, undefined);
    assert.equal((await readHeaders(at('tiny-glibc'))).header?.type, 'shared');
    assert.equal((await readHeaders(at('tiny.c'))).header, undefined);
  });

  it('are not fetched when they are large', async () => {
    const { program, diagnostics } = await readProgram(at('large'));
    assert.equal(program, undefined);
    assert.match(diagnostics[0]?.message ?? '', /has 1 TiB\. .* at most 64 MiB are read/);
    await commands.executeCommand('pagecost.showSections', at('large'));
    assert.match(window.activeTextEditor?.document.getText() ?? '', /at most 64 MiB are read/);
  });

  it('have a reason when they are not there', async () => {
    const { program, diagnostics } = await readProgram(at('absent'));
    assert.equal(program, undefined);
    assert.equal(diagnostics[0]?.code, 'not-readable');
  });

  it('open in every view', async () => {
    const { statusText } = await activate();
    await commands.executeCommand('pagecost.showSections', at('tiny-musl'));
    assert.match(window.activeTextEditor?.document.getText() ?? '', /^Pagecost .*\nELF64/);
    await commands.executeCommand('pagecost.estimateN', at('tiny-musl'), 3);
    await until('the figure', () => statusText()?.includes('×3: '));
    await closeEverything();
    await commands.executeCommand('pagecost.estimate', at('tiny-musl'));
    await until('the figure of the editor', () => statusText()?.includes('×10,000: '));
  });

  it('have hovers in their code', async () => {
    await commands.executeCommand('pagecost.estimate', at('tiny-nolibc'));
    const document = await workspace.openTextDocument(at('tiny-nolibc.c'));
    const { value } = await hoverOn(document, 'timespec left');
    assert.match(
      value,
      /Name +left, local to tiny-nolibc\.c\n(?:.+\n)+Per process +4 KiB, 1 private/,
    );
  });

  it('are compared', async () => {
    const { statusText } = await activate();
    await commands.executeCommand('pagecost.compareWith', at('tiny-musl'), at('tiny-nolibc'));
    await until('the figure', statusText);
  });

  it('are followed', async () => {
    await copy('tiny-nolibc', 'built');
    await commands.executeCommand('pagecost.showSections', at('built'));
    const document = window.activeTextEditor?.document;
    const before = document?.getText();
    await copy('tiny-musl', 'built');
    await until('the text of the new build', () => document?.getText() !== before);
  });

  it('are looked at once more, for nobody may have said that they were written', async () => {
    const whole = await workspace.fs.readFile(sample('tiny-musl'));
    files.writeUntold('/untold', whole.subarray(0, 8000));
    const seen: boolean[] = [];
    const following = followProgram(at('untold'), (reading) => seen.push(isWhole(reading)), 1000);
    try {
      await until('a part of it', () => seen.length === 1);
      files.writeUntold('/untold', whole);
      await until('all of it', () => seen.length === 2);
      assert.deepEqual(seen, [false, true]);
    } finally {
      following.dispose();
    }
  });
});
