import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readElf } from '../../../src/binary/elf.js';
import { type ElfSymbol, readSymbolIndex } from '../../../src/binary/elf-symbol-index.js';
import { memorySource } from '../../../src/binary/source.js';
import { ownPages } from '../../../src/report/own-pages.js';
import { costOf } from '../../support/sample.js';

describe('the private pages that a variable alone needs', () => {
  const source = memorySource(readFileSync('test/fixtures/counters/counters'));
  const { binary } = readElf(source);
  assert(binary);
  const program = { path: 'counters', binary, interpreter: undefined, libraries: [], missing: [] };
  const index = readSymbolIndex(source, binary);
  assert(index);
  const cost = costOf(program);
  const ownOf = ownPages({ program, cost, index });
  const pagesOf = (variable: ElfSymbol) => ownOf(variable)?.pages ?? 0;
  const symbol = (name: string) => {
    const [found] = index.lookup(name);
    assert(found, name);
    return found;
  };

  it('are those that hold nothing else', () => {
    assert.equal(pagesOf(symbol('table')), 2);
    // The linker puts it alone on a page, whose rest the kernel zeroes.
    assert.equal(pagesOf(symbol('ticks')), 1);
  });

  it('are none where another variable, or another section, is on the page', () => {
    assert.equal(pagesOf(symbol('counter')), 0);
    const table = symbol('table');
    // One that reaches into the page of the counters.
    assert.equal(pagesOf({ ...table, size: table.size + 2 }), 2);
    assert.equal(pagesOf({ ...symbol('ticks'), section: '.bss' }), 0);
    // One that begins on the page before: its own begin behind that.
    const before = { ...table, address: table.address - 4n };
    assert.deepEqual(ownOf(before), { address: table.address, pages: 1 });
    // In the middle of the table, which is on the same pages.
    assert.equal(pagesOf({ ...table, address: table.address + 100n, size: 4 }), 0);
  });

  it('are none of a function, or where there is no process or symbol table', () => {
    assert.equal(pagesOf(symbol('main')), 0);
    assert.equal(ownPages({ program, cost: undefined, index })(symbol('table')), undefined);
    assert.equal(ownPages({ program, cost, index: undefined })(symbol('table')), undefined);
    const dynamic = { ...index, isWhole: false };
    assert.equal(ownPages({ program, cost, index: dynamic })(symbol('table')), undefined);
    assert.equal(pagesOf({ ...symbol('table'), size: 0 }), 0);
    assert.equal(pagesOf({ ...symbol('table'), address: 2n ** 63n }), 0);
  });
});
