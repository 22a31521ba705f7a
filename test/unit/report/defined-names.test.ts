import assert from 'node:assert/strict';
import { definedNames } from '../../../src/report/defined-names.js';

describe('names that a line of code may define', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['static char table[SIZE] = { a, b };', ['static', 'char', 'table']],
    [
      'static char t[8192] __attribute__((section(".x"), aligned(4096)));',
      ['static', 'char', 't', '__attribute__'],
    ],
    ['__attribute__((aligned(n))) int x;', ['__attribute__', 'int', 'x']],
    ['int first, second; // third', ['int', 'first', 'second']],
    ['} cache;', ['cache']],
    ['[[gnu::section(".x")]] int hot = cold;', ['int', 'hot']],
    ['std::atomic<int> ns::Klass::counter{other};', ['std::atomic', 'int', 'ns::Klass::counter']],
    ['    static mut LOCAL: u8 = 0;', ['static', 'mut', 'LOCAL', 'u8']],
    ['    pub(crate) static COUNTER: Cell = NEW;', ['pub', 'static', 'COUNTER', 'Cell']],
    ['var table [4096]byte', ['var', 'table', 'byte']],
    ['int main(int counter)', ['int', 'main']],
    // What is used, declared or said is not defined.
    ['\tcounter = 1;', []],
    ['extern int counter;', []],
    ['typedef int counter;', []],
    ['// counter', []],
    ['#define counter 1', []],
    [' * counter', []],
    ['', []],
  ];
  for (const [line, names] of cases) {
    it(`in ${line.trim() || 'an empty line'}`, () => {
      assert.deepEqual(definedNames(line, true), names);
    });
  }

  it('are labels in assembler', () => {
    assert.deepEqual(definedNames('ticks:', false), ['ticks']);
    assert.deepEqual(definedNames('ticks: .long 1', false), ['ticks']);
    assert.deepEqual(definedNames('\t.comm buffer,4096,32', false), ['buffer']);
    assert.deepEqual(definedNames('\tincl ticks(%rip)', false), []);
    assert.deepEqual(definedNames('incl ticks', false), []);
  });

  it('are looked for in the first characters only, and there are few', () => {
    assert.equal(definedNames('a, '.repeat(1 << 20), true).length, 8);
    assert.deepEqual(definedNames(`${' '.repeat(10 << 20)}static int x;`, true), []);
    for (const hostile of ['"', '\\"', ' ', 'a', 'a::', '(', 'pub(']) {
      definedNames(`x${hostile.repeat(1 << 20)}`, true);
      definedNames(hostile.repeat(1 << 20), false);
    }
  });
});
