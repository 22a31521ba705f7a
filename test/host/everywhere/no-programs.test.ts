import assert from 'node:assert/strict';
import { commands, window, workspace } from 'vscode';
import { isLoadable } from '../../../src/binary/binary.js';
import { readHeaders } from '../../../src/editor/binaries/reading.js';
import { whyNoProgram } from '../../../src/editor/binaries/why-no-program.js';
import { activate, closeEverything, sample, until } from '../support/host.js';
import { type MemoryFiles, provideMemoryFiles } from '../support/memory-files.js';

/** Position of e_type in a file header, with its values. */
const TYPE = 16;
const RELOCATABLE = 1;
const CORE = 4;

describe('Files that no process begins with', () => {
  let files: MemoryFiles;
  const at = (name: string) => files.at(`/${name}`);

  before(async () => {
    await activate();
    files = provideMemoryFiles();
    const program = await workspace.fs.readFile(sample('tiny-musl'));
    const ofType = (type: number) =>
      Uint8Array.from(program, (byte, i) => (i === TYPE ? type : byte));
    files.write('/main.o', ofType(RELOCATABLE));
    files.write('/core', ofType(CORE));
    files.write('/run.sh', new TextEncoder().encode('#!/bin/sh\n'));
    files.write('/empty', new Uint8Array());
    files.write('/notes.txt', new TextEncoder().encode('not a binary'));
  });
  after(() => files.dispose());
  afterEach(closeEverything);

  it('have a reason in a few words', async () => {
    const reasons = {
      'main.o': 'main.o is an object file: nothing to start until it is linked',
      core: 'core is a core dump: what is left of a process',
      'run.sh': 'run.sh is a script: its process is that of its interpreter',
      empty: 'empty is an empty file',
      'notes.txt': 'notes.txt is not a program',
      absent: 'absent cannot be read',
    };
    for (const [name, reason] of Object.entries(reasons)) {
      const reading = await readHeaders(at(name));
      assert.ok(!reading.header || !isLoadable(reading.header), name);
      assert.equal(whyNoProgram(at(name), reading), reason);
    }
  });

  it('show their sections from their editor, where they have some', async () => {
    await commands.executeCommand('vscode.open', at('main.o'));
    void commands.executeCommand('pagecost.showSections');
    await until('the sections', () =>
      window.activeTextEditor?.document.getText().startsWith('Pagecost sections of main.o\n'),
    );
  });
});
