import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type TextDocument, Uri, workspace } from 'vscode';
import { scriptText } from '../../src/editor/code/code-documents.js';
import { closeEverything, fixture, openAlone, sample } from './support/host.js';
import { hoverOn, hoversOn, linkIn } from './support/hovers.js';

const MIB = 1 << 20;

describe('Linker scripts, assembler and files of one project', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagecost-scripts-'));
  const file = (name: string) => workspace.openTextDocument(fixture(`counters/${name}`));
  const written = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return workspace.openTextDocument(path);
  };
  const addressOn = async (document: TextDocument, where: string) =>
    linkIn((await hoverOn(document, where)).value).given[2];

  before(() => openAlone(fixture('counters/counters')));
  after(async () => {
    await closeEverything();
    rmSync(folder, { recursive: true });
  });

  it('say what the commands of a script lay out, by what is allowed in it', async () => {
    const script = await file('counters.ld');
    for (const command of ['MEMORY\n', 'SECTIONS\n']) {
      const { value } = await hoverOn(script, `\n${command.trimEnd()}`);
      assert.match(value, /^\*\*Loaded segments\*\* .*\n/, command);
      assert.match(value, /\nrw- +12,304 bytes on 4 pages: 3 private, 0 shared\n/);
    }
  });

  it('say what lies in a region of memory, where it is declared and where it is used', async () => {
    const script = await file('counters.ld');
    for (const where of ['DATA (', '> DATA', 'DATA (rw) :', 'ORIGIN(CODE']) {
      const { value } = await hoverOn(script, where);
      assert.match(value, /^\*\*Memory region\*\* .*\n/, where);
    }
    const { value } = await hoverOn(script, '> DATA');
    assert.match(value, /\nSections +\.data, \.bss\nPages +4 pages of 4 KiB\n/);
    assert.match(value, /\n×10,000 +117\.2 MiB\n/);
    assert.equal(await addressOn(script, '> DATA'), '0x600000');
  });

  it('know a region in a map, too, which the linker writes after the binary', async () => {
    const map = await written(
      'regions.map',
      'Memory Configuration\n\nDATA 0x600000 0x10000 rw\n\nLinker script and memory map\n',
    );
    const { value } = await hoverOn(map, 'DATA');
    assert.match(
      value,
      /\nIn use +[\d,]+ bytes, [\d.]+ % of the region\nSections +\.data, \.bss\n/,
    );
    assert.doesNotMatch(value, /older/);
  });

  it('say of an output section and of its line what it costs, and of an input one where it goes', async () => {
    const script = await file('counters.ld');
    for (const where of ['.bss :', '.bss : {']) {
      assert.match((await hoverOn(script, where)).value, /\nName +\.bss\n/);
      assert.equal(await addressOn(script, where), '0x601000');
    }
    const hot = /\nInput section +\.bss\.hot: this script puts it here\nName +\.bss\n/;
    assert.match((await hoverOn(script, '*(.bss.hot')).value, hot);
    assert.match((await hoverOn(script, '*(COMMON')).value, /COMMON: this script puts it here/);
    // It is thrown away.
    assert.deepEqual(await hoversOn(script, '*(.comment'), []);
    assert.deepEqual(await hoversOn(script, 'ENTRY('), []);
  });

  it('say the same in the map that the linker writes', async () => {
    const map = await written(
      'counters.map',
      '.bss            0x601000\n .bss.hot  0x601000 main.o\n',
    );
    assert.match((await hoverOn(map, '.bss')).value, /\nName +\.bss\n/);
    assert.match(
      (await hoverOn(map, '.bss.hot')).value,
      /\.bss\.hot: linkers usually put it here\nName +\.bss\n/,
    );
  });

  it('say in a map what the program of its name costs that is beside it, whichever is open', async () => {
    for (const [name, from] of [
      ['other', sample('tiny-nolibc')],
      ['firmware.elf', sample('tiny-nolibc')],
      ['text', sample('tiny.c')],
    ] as const) {
      copyFileSync(from.fsPath, join(folder, name));
    }
    for (const [map, binary] of [
      ['other.map', 'other'],
      ['firmware.map', 'firmware.elf'],
      ['text.map', 'counters'],
      ['nothing.map', 'counters'],
    ] as const) {
      const { value } = await hoverOn(await written(map, '.text 0x401000\n'), '.text', binary);
      assert.match(value, /\nName +\.text\n/, map);
      const [program] = linkIn(value).given as [Uri];
      assert.equal(basename(program.path), binary);
    }
  });

  it('know sections by attributes and directives', async () => {
    const main = await file('main.c');
    assert.match((await hoverOn(main, '".bss.hot')).value, /\nName +\.bss\n/);
    const entry = await file('entry.s');
    assert.match(
      (await hoverOn(entry, '.text.entry')).value,
      /\.text\.entry: linkers usually put it here\nName +\.text\n/,
    );
    assert.match((await hoverOn(entry, '.data')).value, /\nName +\.data\n/);
    assert.match((await hoverOn(entry, 'incl\tticks')).value, /^\*\*Variable\*\* .*\n/);
    for (const [name, text] of [
      ['a.rs', '#[link_section = ".data"]'],
      ['a.zig', 'var x: u8 linksection(".data") = 0;'],
      ['a.cpp', '[[gnu::section(".data")]] int x;'],
      ['a.S', '\t.pushsection .data,"aw"'],
      ['b.s', '\t.section\t.data'],
    ] as const) {
      const { value } = await hoverOn(await written(name, text), '.data');
      assert.match(value, /^\*\*Section 2, PROGBITS\*\* .*\n/, name);
    }
  });

  it('tell variables of one name by their files, or tell of three and count the others', async () => {
    const { value } = await hoverOn(await file('two.c'), 'int counter');
    assert.match(value, /\nName +counter, local to two\.c\n/);
    const all = await hoversOn(await file('main.c'), 'a counter');
    assert.deepEqual(
      all.map(({ value }) => /local to (\w+)/.exec(value)?.[1]),
      ['one', 'two', 'three'],
    );
    assert.deepEqual(
      all.map(({ value }) => /\nSame name +(.*)\n/.exec(value)?.[1]),
      [undefined, undefined, '1 more'],
    );
    assert.deepEqual(
      all.map(({ value }) => linkIn(value).given[2]),
      ['0x603000', '0x603004', '0x603008'],
    );
  });

  it('say nothing of what a stripped binary does not know', async () => {
    await openAlone(sample('tiny-glibc-static'));
    const source = await workspace.openTextDocument(sample('tiny.c'));
    // Sections have names still.
    const folderScript = Uri.joinPath(sample('.'), 'stripped.ld');
    await workspace.fs.writeFile(folderScript, Buffer.from('SECTIONS { .bss : { *(.bss) } }\n'));
    try {
      const script = await workspace.openTextDocument(folderScript);
      await hoverOn(script, '{ .bss', 'tiny-glibc-static');
      assert.deepEqual(await hoversOn(source, 'main'), []);
    } finally {
      await workspace.fs.delete(folderScript);
    }
  });

  const END = 'SECTIONS { .bss : { *(.bss.hot) } }\n';
  for (const [size, text] of [
    ['of 10 MB', `${'  /* nothing that anybody wrote */\n'.repeat(310_000)}${END}`],
    ['with a line of 10 MB', `${' '.repeat(10 * MIB)}${END}`],
    ['of 100,000 lines', `${'\n'.repeat(100_000)}${END}`],
  ] as const) {
    it(`${size} are looked at around the pointer only`, async () => {
      const script = await written(`${size}.ld`, text);
      const { value } = await hoverOn(script, '*(.bss.hot');
      assert.match(value, /\.bss\.hot: this script puts it here\nName +\.bss\n/);
      const around = scriptText(script, script.positionAt(text.indexOf('.bss.hot')));
      assert(around.before().length <= 1 << 14);
      assert(around.declarations().length <= (1 << 16) + (1 << 14) + 1);
    });
  }

  it('know a variable in a line of 10 MB', async () => {
    const source = await written('line.c', `${'int a; '.repeat(1_500_000)}int ticks;`);
    assert.match((await hoverOn(source, 'int ticks')).value, /^\*\*Variable\*\* .*\n/);
  });
});
