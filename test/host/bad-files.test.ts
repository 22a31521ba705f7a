import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, TabInputCustom, Uri, window } from 'vscode';
import { followProgram } from '../../src/editor/binaries/follow-program.js';
import { readProgram } from '../../src/editor/binaries/reading.js';
import { activate, activeTab, closeEverything, sample, until } from './support/host.js';

describe('Files that are no binaries', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagecost-host-'));
  const at = (name: string) => join(folder, name);
  before(async () => {
    await activate();
    writeFileSync(at('empty'), '');
    writeFileSync(at('four'), '\x7fELF');
    writeFileSync(at('text'), 'not a binary');
    mkdirSync(at('directory'));
    execFileSync('mkfifo', [at('fifo')]);
  });
  after(() => rmSync(folder, { recursive: true }));
  afterEach(closeEverything);

  for (const [name, reason] of [
    ['empty', /empty/],
    ['four', /4 bytes|truncated|ends/],
    ['text', /ELF/],
    ['directory', /directory/],
    ['fifo', /FIFO/],
    ['absent', /no such file/],
  ] as const) {
    it(`${name}: is a reason and no exception`, async () => {
      const uri = Uri.file(at(name));
      const { program, diagnostics } = await readProgram(uri);
      assert.equal(program, undefined);
      assert.match(diagnostics.map(({ message }) => message).join(' '), reason);

      await commands.executeCommand('pagecost.showSections', uri);
      const text = window.activeTextEditor?.document.getText() ?? '';
      assert(text.startsWith(`Pagecost sections of ${name}\n`), text);
      assert.match(text, reason);

      await commands.executeCommand('pagecost.estimate', uri);
      assert(activeTab()?.input instanceof TabInputCustom);
    });
  }

  it('a binary that cannot be shown is a reason, too', async () => {
    const said: string[] = [];
    const following = followProgram(sample('tiny-musl'), ({ program, diagnostics }) => {
      if (program) throw new Error('out of range');
      said.push(...diagnostics.map(({ message }) => message));
    });
    await until('the reason', () => said.length > 0);
    following.dispose();
    assert.deepEqual(said, ['It was read, but cannot be shown: out of range']);
  });
});
