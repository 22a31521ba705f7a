import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readElf } from '../../../src/binary/elf.js';
import { readSymbolIndex, type SymbolIndex } from '../../../src/binary/elf-symbol-index.js';
import { hashOfPlain } from '../../../src/binary/elf-symbol-spelling.js';
import { BEYOND, namePath } from '../../../src/binary/name-path.js';
import { memorySource } from '../../../src/binary/source.js';
import { buildElf } from '../../support/elf-builder.js';
import { itWith } from '../../support/it-with.js';
import { symbolSections } from '../../support/symbol-table.js';

describe('the symbols that source text means', () => {
  /** Linker's names as GCC 12 and rustc 1.95 make them, and the words that find them. */
  const FOUND: readonly (readonly [name: string, ...words: string[]])[] = [
    ['_ZL7counter', 'counter', '::counter'],
    ['_ZN2ns7counterE', 'counter', 'ns::counter', '::ns::counter'],
    ['_ZN5Klass2In4deepE', 'deep', 'In::deep', 'Klass::In::deep'],
    ['_ZN2ns12_GLOBAL__N_16hiddenE', 'hidden', 'ns::hidden'],
    ['_ZZ4mainE7counter', 'counter', 'main::counter'],
    ['_ZZ1fiRSt6vectorIiSaIiEEE7counter', 'counter'],
    ['_ZZ1fdE7counter_0', 'counter'],
    ['_ZZNK5Klass2InclEiE5calls', 'calls'],
    ['_ZZNK5Klass2IncvbEvE2cc', 'cc'],
    ['_ZZZ1fiRSt6vectorIiSaIiEEENKUliE_clEiE5inlam', 'inlam'],
    [
      '_ZN2ns2TmISt6vectorINSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEESaIS7_EEE6memberE',
      'member',
      'Tm::member',
      'ns::Tm<std::vector<std::string>>::member',
    ],
    [
      '_ZN2ns2TmIiE2goEiRKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE',
      'go',
      'Tm<int>::go',
    ],
    ['_ZN4TaggILb1EXadL_Z1gvEELi10EE1xE', 'x', 'Tagg::x'],
    ['_Z6taggedB1x', 'tagged'],
    ['_ZN5Klass2InC1Ev', 'In', 'In::In', 'Klass::In::In'],
    ['_Z3addIiET_S0_S0_', 'add'],
    ['_ZSt4cout', 'std::cout'],
    ['__ZL5apple', 'apple'],
    [
      '_ZN1m6module7COUNTER17hb8ef1338849b3635E',
      'COUNTER',
      'module::COUNTER',
      'crate::module::COUNTER',
    ],
    ['_ZN1m4main28_$u7b$$u7b$closure$u7d$$u7d$2CL17hbc6ae7495da6e42aE', 'CL'],
    [
      '_ZN53_$LT$m..module..Foo$u20$as$u20$core..clone..Clone$GT$5clone17h3c903d6630097493E',
      'clone',
    ],
    ['_ZN1m7COUNTER17h738bf47688808ff8E.llvm.1234567', 'COUNTER'],
    ['_RNvNtCskK7mfDs1mzF_1m6module7COUNTER', 'COUNTER', 'module::COUNTER', 'm::module::COUNTER'],
    ['_RNvNCNvCskK7mfDs1mzF_1m4main02CL', 'CL', 'main::CL'],
    ['_RNvNvMNtCskK7mfDs1mzF_1m6moduleNtB4_3Foo6new_it6HIDDEN', 'HIDDEN', 'new_it::HIDDEN'],
    ['_RNvMNtCskK7mfDs1mzF_1m6moduleNtB2_3Foo6new_it', 'new_it', 'Foo::new_it', 'Self::new_it'],
    [
      '_RNvXs_NtCskK7mfDs1mzF_1m6moduleNtB4_3FooNtNtCsgEmfK2I1SDS_4core5clone5Clone5clone',
      'clone',
      'Foo::clone',
    ],
    [
      '_RINvNtCskK7mfDs1mzF_1m6module3genINtNtCslNYArtu3iFV_5alloc3vec3VechEEB4_',
      'gen',
      'module::gen',
    ],
    ['counter.0', 'counter'],
    ['counter.1234', 'counter'],
    ['counter.lto_priv.0', 'counter'],
    ['counter.llvm.1234567890', 'counter'],
    ['run.constprop.0.isra.0', 'run'],
    ['run.part.0', 'run'],
    ['run.cold', 'run'],
    ['stdout@GLIBC_2.2.5', 'stdout'],
    ['stdout@@GLIBC_2.2.5', 'stdout'],
    ['main.counter', 'counter', 'main.counter'],
    ['example.com/pkg/sub.Counter', 'Counter'],
  ];

  it('are found by their words, among all others', () => {
    const index = indexOf(FOUND.map(([name]) => name));
    for (const [name, ...words] of FOUND) {
      for (const word of [name, ...words]) {
        const names = index.lookup(word).map((symbol) => symbol.name);
        assert(names.includes(name), `${word}: ${names.join(', ')} and not ${name}`);
      }
    }
    assert(index.mangled);
    assert(!indexOf(['counter', '_start', '__Znot', '_Z']).mangled);
  });

  it('are found whatever their length, as they are, as a copy and mangled', () => {
    for (let length = 1; length <= 270; length++) {
      const word = 'x'.repeat(length);
      const names = [word, `${word}.0`, `_ZN2ns${length}${word}E`, `main.${word}`, `${word}@V1`];
      const index = indexOf(names);
      for (const name of names) assert(index.lookup(name).length > 0, name);
      // Of a longer identifier only so much is looked at.
      if (length > 256) continue;
      assert.deepEqual(
        index.lookup(word).map(({ name }) => name),
        names,
      );
    }
  });

  it('are found where nothing follows their table in the file', () => {
    const strings = new TextEncoder().encode('\0first\0last\0');
    const path = namePath(strings.slice());
    assert.equal(path.words.byteLength, strings.length + BEYOND);
    assert.equal(hashOfPlain(path, 7), hashOfPlain(namePath(strings.slice(7)), 0));
  });

  it('are not others', () => {
    const index = indexOf(FOUND.map(([name]) => name));
    const names = (word: string) => index.lookup(word).map(({ name }) => name);
    assert.deepEqual(names('ns::counter'), ['_ZN2ns7counterE']);
    assert.deepEqual(names('other::counter'), []);
    assert.deepEqual(names('module::counter'), []);
    assert.deepEqual(names('cout'), []); // the library's own: nothing in the text says so
    assert.deepEqual(names('vector'), []);
    assert.deepEqual(names('lto_priv'), []);
    for (const word of ['', '::', 'ns::', '.', '<', '<>', '_Z', '_R', '_ZN', '17h', '0']) {
      assert.deepEqual(names(word), [], word);
    }
  });

  it('are first those of exactly the name, then others, each in table order', () => {
    const index = indexOf(['counter.0', '_ZL7counter', 'counter', '_ZN1a7counterE', 'counter']);
    assert.deepEqual(
      index.lookup('counter').map(({ name }) => name),
      ['counter', 'counter', 'counter.0', '_ZL7counter', '_ZN1a7counterE'],
    );
  });

  it('are at most 16', () => {
    const index = indexOf(Array.from({ length: 1000 }, (_, i) => `counter.${i}`));
    assert.equal(index.lookup('counter').length, 16);
  });

  it('of names that are none: no error, no end without one, and found by the whole name', () => {
    const names = [
      '_ZN',
      '_ZNE',
      `_Z${'N'.repeat(60_000)}`,
      `_ZZ${'Z'.repeat(60_000)}1fvE1x`,
      `_ZN1aI${'I'.repeat(60_000)}`,
      `_ZN1aI${'LN'.repeat(30_000)}`,
      `_ZN${'1a'.repeat(1000)}E`,
      '_ZN99999999999999999999aE',
      '_ZN4294967296aE',
      '_Z0',
      '_ZNSE',
      '_ZN1aIS',
      '_ZN1aTE',
      '_RB_',
      '_RNvB_1x',
      '_RNvBzzzzzzzzzzzz_1x',
      `_RNv${'Nt'.repeat(30_000)}C1a1x`,
      `_RIC1a${'TB4_B4_E'.repeat(5000)}E`,
      '_RMs',
      `_ZN1a60000${'n'.repeat(60_000)}E`,
      '_ZN1a5\u0001\u001b[31E',
      '_ZN1a9</script>E',
      '.',
      '...',
      '.0',
      '@',
      'a.',
      `${'a.'.repeat(30_000)}b`,
    ];
    const index = indexOf(names);
    for (const name of names) assert.equal(index.lookup(name).at(0)?.name, name);
    assert.equal(index.lookup('n'.repeat(60_000)).length, 1);
    // What claims the bytes of the next name as well is no error either.
    assert.equal(indexOf(['_RNvC1a9x', '_ZN1a9xE', 'next']).lookup('next').length, 1);
  });

  /** A table in which all names but the last are this one, in the same bytes. */
  function tableOf(long: string): SymbolIndex | undefined {
    const [table, strings] = symbolSections([{ name: long }, { name: 'other' }], X86_64, 2);
    const one = (table?.content ?? []).slice(24, 48) as Uint8Array;
    const content = new Uint8Array(100_000 * 24);
    for (let at = 24; at < content.length; at += 24) content.set(one, at);
    content.set(table?.content?.slice(48, 72) as Uint8Array, content.length - 24);
    return read([TEXT, { ...table, name: '.symtab', content }, strings ?? TEXT]);
  }

  it('of a hundred thousand names that are the same long one: bounded work', () => {
    const index = tableOf(`_ZN1aI${'N1bE'.repeat(15_000)}E7counterE`);
    assert.equal(index?.lookup('other').length, 1);
    assert.equal(index?.lookup('counter').length, 3); // of the first, before there were too many
  });

  it('of a hundred thousand names that are the same with thousands of dots: bounded work', () => {
    const index = tableOf(`${'A.'.repeat(32_000)}counter`);
    assert.equal(index?.lookup('other').length, 1);
  });

  itWith(['g++'], 'of a real C++ program', () => {
    const index = compiled('g++', 'cpp', CPP, ['-O0', '-o']);
    const names = (word: string) => index.lookup(word).map(({ name }) => name);
    assert.deepEqual(names('Klass::counter'), ['_ZN5Klass7counterE']);
    assert.deepEqual(names('ns::counter'), ['_ZN2ns7counterE']);
    assert.deepEqual(names('hidden'), ['_ZN2ns12_GLOBAL__N_16hiddenE']);
    assert.deepEqual(names('internal'), ['_ZL8internal']);
    assert.deepEqual(names('main::counter'), ['_ZZ4mainE7counter']);
    assert.deepEqual(
      index
        .lookup('counter')
        .map(({ size }) => size)
        .sort(),
      [12, 16, 20, 8],
    );
  });

  itWith(['rustc'], 'of a real Rust program', () => {
    for (const mangling of ['legacy', 'v0']) {
      const unstable = mangling === 'legacy' ? ['-Zunstable-options'] : [];
      const options = [...unstable, '-C', `symbol-mangling-version=${mangling}`, '-o'];
      const index = compiled('rustc', 'rs', RUST, options);
      assert.equal(index.lookup('COUNTER_HERE').length, 1, mangling);
      assert.equal(index.lookup('module::COUNTER_HERE').length, 1, mangling);
      assert.equal(index.lookup('main::HIDDEN_HERE').length, 1, mangling);
      assert.equal(index.lookup('module::HIDDEN_HERE').length, 0, mangling);
    }
  });
});

const CPP = `
int counter[2] = {1};
namespace ns { int counter[3] = {1}; namespace { int hidden = 1; } int *use() { return &hidden; } }
struct Klass { static int counter[4]; };
int Klass::counter[4] = {1};
static int internal = 1;
int main() { static int counter[5] = {1}; return counter[1]++ + internal++ + *ns::use(); }
`;

const RUST = `
use std::sync::atomic::{AtomicU32, Ordering};
mod module {
    #[used] pub static COUNTER_HERE: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(7);
}
fn main() {
    static HIDDEN_HERE: AtomicU32 = AtomicU32::new(1);
    HIDDEN_HERE.fetch_add(1, Ordering::Relaxed);
    println!("{:?}{:?}", module::COUNTER_HERE, HIDDEN_HERE);
}
`;

const X86_64 = { class: 64, littleEndian: true } as const;
const TEXT = { name: '.text', flags: 6, content: new Uint8Array(16) };

function compiled(tool: string, extension: string, text: string, options: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'pagecost-symbols-'));
  try {
    const source = join(folder, `source.${extension}`);
    const out = join(folder, 'out');
    writeFileSync(source, text);
    const env = { ...process.env, RUSTC_BOOTSTRAP: '1' };
    const { status, stderr } = spawnSync(tool, [...options, out, source], { env });
    assert.equal(status, 0, String(stderr));
    const index = indexIn(readFileSync(out));
    assert(index);
    return index;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function indexOf(names: readonly string[]): SymbolIndex {
  const symbols = names.map((name, i) => ({ name, address: i * 16, size: 4 }));
  const index = read([TEXT, ...symbolSections(symbols, X86_64, 2)]);
  assert(index);
  return index;
}

const read = (sections: Parameters<typeof buildElf>[0]['sections'] & {}) =>
  indexIn(buildElf({ ...X86_64, machine: 62, sections }));

function indexIn(image: Uint8Array): SymbolIndex | undefined {
  const source = memorySource(image);
  const { binary } = readElf(source);
  assert(binary);
  return readSymbolIndex(source, binary);
}
