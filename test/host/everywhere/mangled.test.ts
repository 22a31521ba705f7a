import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { buildElf } from '../../support/elf-builder.js';
import { symbolSections } from '../../support/symbol-table.js';
import { closeEverything, openAlone } from '../support/host.js';
import { hoverOn } from '../support/hovers.js';
import { type MemoryFiles, provideMemoryFiles } from '../support/memory-files.js';

const X86_64 = { class: 64, machine: 62, littleEndian: true } as const;
const DATA = 0x402000;

/** A program with one variable of C++. */
const program = buildElf({
  ...X86_64,
  entry: 0x401000,
  segments: [
    { flags: 5, address: 0x401000, content: new Uint8Array(16) },
    { flags: 6, address: DATA, content: new Uint8Array(16) },
  ],
  sections: [
    { name: '.data', type: 1, flags: 3, address: DATA, content: new Uint8Array(16) },
    ...symbolSections([{ name: '_ZN3net4poolE', address: DATA, size: 16 }], X86_64, 2),
  ],
});

describe('Mangled names', () => {
  let files: MemoryFiles;
  before(() => {
    files = provideMemoryFiles();
    files.write('/cpp/program', program);
    const text = 'namespace net { int pool[4] = {1, 2, 3, 4}; }\n';
    files.write('/cpp/pool.cpp', new TextEncoder().encode(text));
  });
  after(() => files.dispose());
  afterEach(closeEverything);

  it('are told as the source spells them', async () => {
    await openAlone(files.at('/cpp/program'));
    const document = await workspace.openTextDocument(files.at('/cpp/pool.cpp'));
    const { value } = await hoverOn(document, 'int pool');
    assert.match(value, /\nName +net::pool\n/);
    assert.match(value, /\nSize +16 bytes\n/);
  });
});
