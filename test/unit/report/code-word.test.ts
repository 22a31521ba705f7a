import assert from 'node:assert/strict';
import { codeWordAt } from '../../../src/report/code-word.js';

describe('the word pointed at in code', () => {
  /** The word at the caret in a line, as "kind name". */
  const at = (marked: string, quoted: boolean): string | undefined => {
    const word = codeWordAt(marked.replace('|', ''), marked.indexOf('|'), quoted);
    return word && `${word.kind} ${word.name}`;
  };

  it('is an identifier, and no member of something', () => {
    assert.equal(at('static int cou|nter = 1;', true), 'symbol counter');
    assert.equal(at('|counter++', true), 'symbol counter');
    assert.equal(at('zähler|', true), 'symbol zähler');
    assert.equal(at('me.cou|nter', true), undefined);
    assert.equal(at('me->cou|nter', true), undefined);
    assert.equal(at('1 +| 2', true), undefined);
  });

  it('has the path that C++ and Rust write in front of it', () => {
    assert.equal(at('ns::Klass::cou|nter++', true), 'symbol ns::Klass::counter');
    assert.equal(at('ns::Kla|ss::counter++', true), 'symbol ns::Klass');
    assert.equal(at('|ns::counter++', true), 'symbol ns');
    assert.equal(at('::cou|nter', true), 'symbol counter');
    const word = codeWordAt('a::b', 3, true);
    assert.deepEqual(word, { kind: 'symbol', name: 'a::b', start: 3, end: 4 });
  });

  it('is a section in quotes, where a dot is not part of a name', () => {
    assert.equal(at('__attribute__((section(".bss.h|ot")))', true), 'section .bss.hot');
    assert.equal(at('#[link_section = "|.data"]', true), 'section .data');
    assert.equal(at('x = me .da|ta', true), undefined);
  });

  it('is a section without quotes in assembler and scripts, up to the dot of a pattern', () => {
    assert.equal(at('\t.section .init_ar|ray,"aw"', false), 'section .init_array');
    assert.equal(at('.da|ta', false), 'section .data');
    assert.equal(at('*(.data .bs|s.*)', false), 'section .bss');
    assert.equal(at('. = ALIGN(|4096)', false), undefined);
    assert.equal(at('\t.quad completed|.0', false), 'symbol completed.0');
  });

  it('is a section of any name after what asks for one', () => {
    assert.equal(at('[[gnu::section("hot_|data")]] int x;', true), 'section hot_data');
    assert.equal(at('#[link_section = "h|ot"]', true), 'section hot');
    assert.equal(at('var x: u8 linksection(".da|ta") = 0;', true), 'section .data');
    assert.equal(at('puts("h|ot")', true), 'symbol hot');
    assert.equal(at('\t.pushsection hot_|data,"aw"', false), 'section hot_data');
    assert.equal(at('\t.section "h|ot"', false), 'section hot');
  });

  it('is found in a line of any length, by what is around it', () => {
    const long = `${'a '.repeat(5 << 20)}counter${' b'.repeat(5 << 20)}`;
    const start = 10 << 20;
    assert.deepEqual(codeWordAt(long, start + 3, true), {
      kind: 'symbol',
      name: 'counter',
      start,
      end: start + 7,
    });
    // Its ends are too far away to be looked for.
    assert.equal(codeWordAt('a'.repeat(10 << 20), start / 2, true), undefined);
    for (const hostile of ['section(', '"', '.a', '.section ', ' ', '$.'])
      codeWordAt(hostile.repeat(1 << 20), 5000, hostile === '"');
  });
});
