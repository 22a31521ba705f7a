import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { buildElf } from '../support/elf-builder.js';
import { symbolSections } from '../support/symbol-table.js';
import { closeEverything, openAlone, sample } from './support/host.js';
import { hoverOn } from './support/hovers.js';

const X86_64 = { class: 64, littleEndian: true } as const;

describe('Code in C++', () => {
  afterEach(closeEverything);

  it('has the names of its variables as they are spelled there', async () => {
    const program = sample('spelling-test.out');
    const source = sample('spelling-test.cpp');
    const content = new Uint8Array(4096);
    const data = { name: '.data', flags: 3, address: 0x400000, size: content.length };
    const names = ['_ZN2ns7counterE', '_ZN2ns12_GLOBAL__N_15tableE'];
    const named = names.map((name, i) => ({ name, address: 0x400000 + i * 64, size: 64 }));
    const image = buildElf({
      ...X86_64,
      machine: 62,
      segments: [{ flags: 6, address: 0x400000, content }],
      sections: [data, ...symbolSections(named, X86_64, 2)],
    });
    await workspace.fs.writeFile(program, image);
    await workspace.fs.writeFile(source, Buffer.from('int ns::counter[16];\n'));
    try {
      await openAlone(program);
      const { value } = await hoverOn(await workspace.openTextDocument(source), 'ns::counter');
      assert.match(value, /\nName +ns::counter\n/);
      assert.match(value, /\nAlso there +ns::\(anonymous namespace\)::table \(64 B\)\n/);
    } finally {
      await workspace.fs.delete(program);
      await workspace.fs.delete(source);
    }
  });
});
