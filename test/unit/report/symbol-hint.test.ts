import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ElfSymbol, SymbolIndex } from '../../../src/binary/elf-symbol-index.js';
import { readSymbolIndex } from '../../../src/binary/elf-symbol-index.js';
import { memorySource } from '../../../src/binary/source.js';
import { symbolHint } from '../../../src/report/symbol-hint.js';
import { costOf, sampleProgram } from '../../support/sample.js';

const N = 10_000;

describe('the hint on a symbol', () => {
  it('of a variable on a page that the kernel zeroes: why it is private, and who else is there', () => {
    assert.deepEqual(factsOf('tiny-musl', '__hwcap'), {
      Name: '__hwcap',
      Size: '8 bytes',
      Section: '.bss',
      Pages: '1 page of 4 KiB, at 0x404000',
      Private: 'the kernel zeroes the rest of the data’s last page',
      'Also there': 'builtin_tls (336 B), __libc (104 B), main_tls (48 B) and 14 more',
      Slack: '3,440 bytes of these pages in RAM have no use',
      'Per process': '4 KiB, 1 private page',
      '×10,000': '39.1 MiB',
    });
  });

  it('of a variable with relocations beside it, in a program with libraries', () => {
    const facts = factsOf('tiny-glibc', 'completed.0');
    assert.equal(facts.Name, 'completed.0, local to crtstuff.c');
    assert.match(facts.Private ?? '', /^relocations are written there; the kernel zeroes/);
  });

  it('of a function: its page is shared once', () => {
    const facts = factsOf('tiny-nolibc', '_start');
    assert.equal(facts['Per process'], 'nothing private');
    assert.equal(facts['Shared once'], '4 KiB, 1 page, however many processes run');
    assert.equal(facts['×10,000'], undefined);
    assert.equal(facts['When written'], undefined);
  });

  it('of what nobody has written yet: what the first write adds', () => {
    const { program, index, symbol } = sampleSymbol('tiny-nolibc', 'left');
    const segments = program.binary.segments.map((segment) =>
      segment.address === 0x402000n ? { ...segment, memorySize: 40n * 4096n } : segment,
    );
    const larger = { ...program, binary: { ...program.binary, segments } };
    const late = { ...symbol, address: symbol.address + 30n * 4096n };
    const facts = record(symbolHint(larger, costOf(larger), index, late, N).facts);
    assert.equal(facts['Not in RAM'], '1 page nobody touches at start-up');
    assert.equal(facts['When written'], 'up to 4 KiB more per process: its page becomes private');
  });

  it('of a variable from the data’s last page into bss: why each of its pages is private', () => {
    const { program, index, symbol } = sampleSymbol('tiny-musl', '__hwcap');
    const segments = program.binary.segments.map((segment) =>
      segment.writable ? { ...segment, memorySize: 40n * 4096n } : segment,
    );
    const larger = { ...program, binary: { ...program.binary, segments } };
    const long = { ...symbol, size: 2 * 4096 };
    const facts = record(symbolHint(larger, costOf(larger), index, long, N).facts);
    assert.equal(facts['Per process'], '12 KiB, 3 private pages');
    assert.equal(
      facts.Private,
      'the kernel zeroes the rest of the data’s last page; zero-filled memory taken to be in use',
    );
  });

  it('of a thread-local variable, without a process or outside of memory: no figure', () => {
    const { program, index, symbol } = sampleSymbol('tiny-nolibc', 'left');
    const cost = costOf(program);
    const perProcess = (changed: Partial<ElfSymbol>, known = true) =>
      record(
        symbolHint(program, known ? cost : undefined, index, { ...symbol, ...changed }, N).facts,
      )['Per process'];
    assert.match(perProcess({ kind: 'thread-local' }) ?? '', /^one in each thread/);
    assert.match(perProcess({}, false) ?? '', /^not known/);
    assert.match(perProcess({ address: 2n ** 63n }) ?? '', /^nothing: it is not in memory/);
  });

  it('has names as they are spelled in the source', () => {
    const { program, index, symbol } = sampleSymbol('tiny-nolibc', 'left');
    const spelled = { ...index, spell: (name: string) => `ns::${name}\u0007` };
    const { facts } = symbolHint(program, costOf(program), spelled, symbol, N);
    assert.equal(facts[0]?.value, 'ns::left\\u{7}, local to tiny-nolibc.c');
    const unit = { ...symbol, file: 'tool.60ddb59578b3d922-cgu.0' };
    const { facts: rust } = symbolHint(program, costOf(program), spelled, unit, N);
    assert.equal(rust[0]?.value, 'ns::left\\u{7}');
  });

  it('has names as text only', () => {
    const { program, index, symbol } = sampleSymbol('tiny-nolibc', 'left');
    const hostile = { ...symbol, name: '```\n</b>\u202e', file: '\n#' };
    const { title, facts } = symbolHint(program, costOf(program), index, hostile, N);
    assert.equal(title, 'Variable');
    assert.equal(facts[0]?.value, '```\\u{a}</b>\\u{202e}, local to \\u{a}#');
  });
});

function sampleSymbol(file: string, name: string) {
  const program = sampleProgram(file);
  const index = readSymbolIndex(memorySource(readFileSync(`sample/${file}`)), program.binary);
  const [symbol] = index?.lookup(name) ?? [];
  assert(index && symbol, name);
  return { program, index: index as SymbolIndex, symbol };
}

function factsOf(file: string, name: string) {
  const { program, index, symbol } = sampleSymbol(file, name);
  return record(symbolHint(program, costOf(program), index, symbol, N).facts);
}

const record = (facts: readonly { label: string; value: string }[]) =>
  Object.fromEntries(facts.map(({ label, value }) => [label, value])) as Readonly<
    Record<string, string>
  >;
