import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readSymbolIndex, type SymbolIndex } from '../../../src/binary/elf-symbol-index.js';
import { memorySource } from '../../../src/binary/source.js';
import {
  type CodeFacts,
  codeHints,
  type ScriptText,
  type SourceFile,
} from '../../../src/report/code-hints.js';
import type { CodeWord } from '../../../src/report/code-word.js';
import { costOf, sampleProgram } from '../../support/sample.js';

const N = 10_000;

describe('what code is hovered for', () => {
  it('is a symbol, and the address of it', () => {
    const [found, ...others] = hints('symbol', 'left');
    assert.equal(others.length, 0);
    assert.equal(found?.facts.Name, 'left, local to tiny-nolibc.c');
    assert.equal(found?.address, 0x402000n);
    assert.deepEqual(hints('symbol', 'EINTR'), []);
  });

  it('is a section, or the one that linkers put an input section into', () => {
    const [bss] = hints('section', '.bss');
    assert.equal(bss?.facts['Input section'], undefined);
    assert.equal(bss?.facts.Name, '.bss');
    assert.equal(bss?.address, 0x402000n);
    const [hot] = hints('section', '.bss.hot');
    assert.equal(hot?.facts['Input section'], '.bss.hot: linkers usually put it here');
    assert.equal(hot?.facts.Name, '.bss');
    assert.deepEqual(hints('section', '.mine'), []);
    // There is a usual place, but this binary has no such section.
    assert.deepEqual(hints('section', '.data.rel.ro.local'), []);
    const [comment] = hints('section', '.comment');
    assert.equal(comment?.address, undefined);
  });

  it('is what a linker script makes of an input section', () => {
    const before = 'SECTIONS { .bss : { *(.rel ';
    const [hot] = hints('section', '.data.hot', { before });
    assert.equal(hot?.facts['Input section'], '.data.hot: this script puts it here');
    assert.equal(hot?.facts.Name, '.bss');
    assert.deepEqual(hints('section', '.bss', { before: '/DISCARD/ : { *(' }), []);
    const [common] = hints('symbol', 'COMMON', { before });
    assert.equal(common?.facts.Name, '.bss');
    const [own] = hints('section', '.bss', { before });
    assert.equal(own?.facts['Input section'], undefined);
  });

  it('is a region of memory: what lies in it, and on how many pages', () => {
    const declarations = 'MEMORY { RAM (rwx) : ORIGIN = 0x401008, LENGTH = 8K }';
    const [ram] = hints('symbol', 'RAM', { declarations });
    assert.deepEqual(ram?.facts, {
      Name: 'RAM',
      Where: '0x401008 to 0x403008, 8 KiB',
      // 58 bytes of code without the first 8, and the 16 of a variable.
      'In use': '66 bytes, 0.8 % of the region',
      Sections: '.text, .bss',
      Pages: '2 pages of 4 KiB',
      Slack: '8,118 bytes of these pages in RAM have no use',
      'Per process': '4 KiB, 1 private page',
      '×10,000': '39.1 MiB',
      'Shared once': '4 KiB, 1 page, however many processes run',
    });
    assert.equal(ram?.address, 0x401008n);
    const elsewhere = 'MEMORY { RAM : ORIGIN = 0x20000000, LENGTH = 8K }';
    const [none] = hints('symbol', 'RAM', { declarations: elsewhere });
    assert.equal(none?.facts['In use'], 'nothing of the binary');
    assert.equal(none?.address, undefined);
  });

  it('is all memory, by what is allowed in it, at the commands that lay it out', () => {
    for (const name of ['SECTIONS', 'MEMORY', 'PHDRS']) {
      const [all] = hints('symbol', name, {});
      assert.equal(all?.facts['r--'], '288 bytes on 1 page: 0 private, 1 shared');
      assert.equal(all?.facts['r-x'], '58 bytes on 1 page: 0 private, 1 shared');
      assert.equal(all?.facts['rw-'], '16 bytes on 1 page: 1 private, 0 shared');
      assert.equal(all?.facts['Per process'], '4 KiB, 1 private page');
      assert.equal(all?.address, 0x400000n);
    }
    assert.deepEqual(hints('symbol', 'SECTIONS'), []);
  });

  it('without a process: sizes, and no cost', () => {
    const known = { ...sample(), cost: undefined };
    const declarations = 'MEMORY { RAM : ORIGIN = 0x400000, LENGTH = 1M }';
    for (const name of ['RAM', 'SECTIONS']) {
      const [all] = hints('symbol', name, { declarations }, known);
      assert.match(all?.facts['Per process'] ?? '', /^not known/);
      assert.equal(all?.facts.Pages, undefined);
    }
  });

  it('without symbols: nothing', () => {
    const known = { ...sample(), index: undefined };
    assert.deepEqual(hints('symbol', 'left', undefined, known), []);
  });

  it('is three of many of one name, and says how many more', () => {
    const known = sample();
    const [left] = known.index.lookup('left');
    assert(left);
    const many = (count: number, file?: string): SymbolIndex => ({
      ...known.index,
      lookup: () =>
        Array.from({ length: count }, (_, i) => ({
          ...left,
          address: left.address + BigInt(i),
          file: i === 4 && file ? file : `${i}.c`,
        })),
    });
    const five = hints('symbol', 'left', undefined, { ...known, index: many(5) });
    assert.deepEqual(
      five.map(({ facts }) => facts['Same name']),
      [undefined, undefined, '2 more'],
    );
    const three = hints('symbol', 'left', undefined, { ...known, index: many(3) });
    assert.equal(three.length, 3);
    assert(three.every(({ facts }) => facts['Same name'] === undefined));
    const index = many(5, 'src/main.c');
    const own = hints('symbol', 'left', undefined, { ...known, index });
    assert.deepEqual(
      own.map(({ facts }) => facts.Name),
      ['left, local to src/main.c'],
    );
  });

  it('is in Go what the package of the file declares, where its path tells', () => {
    const names = ['runtime.main', 'main.main', 'main..inittask', 'a.b/main.(*T).main'];
    const inPackage = (goPackage: string) => namesFor('main', names, { name: 'a.go', goPackage });
    assert.deepEqual(inPackage('main'), ['main.main', 'a.b/main.(*T).main']);
    assert.deepEqual(inPackage('other'), names.slice(0, 3));
  });

  it('is in Rust the program’s main, and not the one that its compiler makes for C', () => {
    const rust = { name: 'tool.rs', goPackage: undefined };
    const names = ['main', '_RNvCs1_4tool4main'];
    assert.deepEqual(namesFor('main', names, rust), names.slice(1));
    assert.deepEqual(namesFor('main', ['main'], rust), ['main']);
    assert.deepEqual(namesFor('main', names), names);
  });
});

function sample(): CodeFacts & { readonly index: SymbolIndex } {
  const program = sampleProgram('tiny-nolibc');
  const source = memorySource(readFileSync('sample/tiny-nolibc'));
  const index = readSymbolIndex(source, program.binary);
  assert(index);
  return { program, cost: costOf(program), index };
}

function hints(
  kind: CodeWord['kind'],
  name: string,
  script?: { readonly before?: string; readonly declarations?: string },
  known: CodeFacts = sample(),
  source: SourceFile = { name: 'main.c', goPackage: undefined },
) {
  const text: ScriptText | undefined = script && {
    before: () => script.before ?? '',
    declarations: () => script.declarations ?? '',
  };
  const word = { kind, name, start: 0, end: name.length };
  const found = codeHints(word, known, source, text, N);
  return found.map(({ hint, address }) => ({
    address,
    facts: Object.fromEntries(hint.facts.map(({ label, value }) => [label, value])) as Readonly<
      Record<string, string>
    >,
  }));
}

/** What is hinted at for a word in a file, of symbols with these names. */
function namesFor(word: string, names: readonly string[], source?: SourceFile) {
  const known = sample();
  const [left] = known.index.lookup('left');
  assert(left);
  const symbols = names.map((name, i) => ({
    ...left,
    name,
    file: undefined,
    address: left.address + BigInt(i),
  }));
  const index: SymbolIndex = { ...known.index, lookup: () => symbols };
  return hints('symbol', word, undefined, { ...known, index }, source).map(
    ({ facts }) => facts.Name,
  );
}
