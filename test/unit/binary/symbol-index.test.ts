import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Section } from '../../../src/binary/binary.js';
import { readElf } from '../../../src/binary/elf.js';
import {
  readSymbolIndex,
  readSymbolTable,
  type SymbolIndex,
} from '../../../src/binary/elf-symbol-index.js';
import { memorySource } from '../../../src/binary/source.js';
import { atOnce } from '../../../src/steps.js';
import { buildElf, type SectionSpec } from '../../support/elf-builder.js';
import { elfFiles, SYSTEM_DIRECTORIES, sampleOf, withSource } from '../../support/elf-files.js';
import { itWith } from '../../support/it-with.js';
import { symbolSections, type TableSymbol } from '../../support/symbol-table.js';

const X86_64 = { class: 64, littleEndian: true } as const;
const LOCAL_OBJECT = 0x01;
const FILE = 0x04;
const SHN_ABS = 0xfff1;
const SHN_XINDEX = 0xffff;

describe('the symbol index', () => {
  for (const width of [32, 64] as const) {
    for (const littleEndian of [true, false]) {
      it(`of ${width} bits, ${littleEndian ? 'little' : 'big'}-endian: each field`, () => {
        const address = width === 64 ? 0xffff_ffff_8123_4568n : 0x8123_4568n;
        const index = indexOf(
          [
            { name: 'counter', address, size: 40 },
            { name: 'run', address: 0x1000, size: 7, info: 0x12 },
            { name: 'mine', address: 8, size: 4, info: 0x16 },
            { name: 'here', address: 0x2000, info: 0x10, section: SHN_XINDEX },
          ],
          { class: width, littleEndian },
        );
        assert.equal(index.count, 4);
        assert.deepEqual(index.lookup('counter'), [
          {
            name: 'counter',
            kind: 'variable',
            address,
            size: 40,
            section: '.text',
            file: undefined,
          },
        ]);
        assert.equal(index.lookup('run')[0]?.kind, 'function');
        assert.equal(index.lookup('mine')[0]?.kind, 'thread-local');
        const [label] = index.lookup('here');
        assert.deepEqual([label?.kind, label?.section], ['label', undefined]);
        assert.deepEqual(index.lookup('counte'), []);
        assert.deepEqual(index.lookup('counters'), []);
        assert.deepEqual(index.lookup(''), []);
        assert.deepEqual(index.diagnostics, []);
      });
    }
  }

  it('names no section where its number does not fit the entry, however many there are', () => {
    const symbols = [{ name: 'here', size: 4, section: SHN_XINDEX }];
    const source = memorySource(
      buildElf({ ...X86_64, machine: 62, sections: [TEXT, ...symbolSections(symbols, X86_64, 2)] }),
    );
    const { binary } = readElf(source);
    assert.ok(binary);
    const more = Array<Section>(70_000).fill({ ...(binary.sections[1] as Section), name: 'other' });
    const index = readSymbolIndex(source, { ...binary, sections: [...binary.sections, ...more] });
    assert.equal(index?.lookup('here').length, 1);
    assert.equal(index.lookup('here')[0]?.section, undefined);
  });

  it('tells symbols of one name apart by their source files', () => {
    const local = (address: number) => ({ name: 'state', address, size: 4, info: LOCAL_OBJECT });
    const file = (name: string) => ({ name, info: FILE, section: SHN_ABS });
    const index = indexOf([
      file('a.c'),
      local(0x10),
      file('b.c'),
      local(0x20),
      { ...file(''), nameAt: 0 },
      local(0x30),
      { name: 'state', address: 0x40, size: 4 },
    ]);
    assert.deepEqual(
      index.lookup('state').map(({ address, file }) => [Number(address), file]),
      [
        [0x10, 'a.c'],
        [0x20, 'b.c'],
        [0x30, undefined],
        [0x40, undefined],
      ],
    );
  });

  it('is made in steps, across which source files go on', () => {
    const local = (_: unknown, i: number) => ({ name: `v${i}`, size: 4, info: LOCAL_OBJECT });
    const symbols = [
      { name: 'a.c', info: FILE, section: SHN_ABS },
      ...Array.from({ length: 70_000 }, local),
    ];
    const source = memorySource(
      buildElf({
        ...X86_64,
        machine: 62,
        sections: [TEXT, ...symbolSections(symbols, X86_64, 2)],
      }),
    );
    const { binary } = readElf(source);
    const steps = (binary && atOnce(readSymbolTable(source, binary))?.index()) ?? assert.fail();
    let count = 0;
    for (let step = steps.next(); ; step = steps.next()) {
      count++;
      if (!step.done) continue;
      assert.equal(step.value.count, 70_000);
      for (const i of [0, 32_767, 32_768, 69_999]) {
        assert.equal(step.value.lookup(`v${i}`)[0]?.file, 'a.c');
      }
      break;
    }
    assert(count > 2);
  });

  it('leaves out what is defined elsewhere, has no name or is no place', () => {
    const index = indexOf([
      { name: 'elsewhere', section: 0 },
      { name: 'constant', section: SHN_ABS },
      { name: '.text', info: 0x03 },
      { name: 'x', nameAt: 0 },
    ]);
    assert.equal(index.count, 0);
    assert.deepEqual(index.diagnostics, []);
  });

  it('finds the symbols on pages, also where addresses do not fit a double', () => {
    const base = 0xffff_ffff_ffff_0000n;
    const index = indexOf([
      { name: 'before', address: base - 1n, size: 1 },
      { name: 'into', address: base - 1n, size: 2 },
      { name: 'last', address: base + 4095n, size: 1 },
      { name: 'after', address: base + 4096n, size: 1 },
      { name: 'empty', address: base, size: 0 },
      { name: 'of-a-thread', address: base, size: 8, info: 0x16 },
    ]);
    const page = Number(base / 4096n);
    const on = (first: number, end: number, most = 9) =>
      index.onPages(first, end, 4096, most).map(index.nameOf);
    const [into] = index.onPages(page, page + 1, 4096, 9);
    assert.deepEqual([into?.address, into?.size], [base - 1n, 2]);
    assert.deepEqual(on(page, page + 1), ['into', 'last']);
    assert.deepEqual(on(page, page + 2), ['into', 'last', 'after']);
    assert.deepEqual(on(page, page + 2, 1), ['into']);
  });

  it('drops wild indices and says how many', () => {
    const index = indexOf([
      { name: 'sound', address: 1, size: 1 },
      { name: 'a', nameAt: 0xffff_fffe },
      { name: 'b', section: 4711 },
    ]);
    assert.equal(index.count, 1);
    assert.deepEqual(
      index.diagnostics.map(({ message }) => message),
      ['The name or section of 2 of 4 symbols does not exist. They were left out.'],
    );
  });

  it('believes a table as far as the file reaches', () => {
    const sections = symbolSections([{ name: 'sound' }], X86_64, 2);
    const [table, strings] = sections as [SectionSpec, SectionSpec];
    const huge = read([TEXT, table, strings], { size: 2n ** 62n });
    assert.equal(huge?.lookup('sound').length, 1);
    assert.match(
      huge?.diagnostics[0]?.message ?? '',
      /take 4611686018427387904 bytes from offset \d+, but the file ends after \d+ of them\.$/,
    );
    assert.equal(read([TEXT, table, strings], { offset: 2n ** 63n })?.count, 0);
    assert.equal(read([TEXT, { ...table, link: 99 }, strings]), undefined);
    assert.equal(read([TEXT]), undefined);
  });

  it('takes names of 64 KiB, a name that never ends, and one name a hundred thousand times', () => {
    const long = 'n'.repeat(64 << 10);
    assert.equal(indexOf([{ name: long, size: 1 }]).lookup(long).length, 1);
    const sections = symbolSections([{ name: 'endless' }], X86_64, 2);
    const [table, strings] = sections as [SectionSpec, SectionSpec];
    const content = Buffer.from('\0endless');
    assert.deepEqual(read([TEXT, table, { ...strings, content }])?.lookup('endless'), []);
    const same = Array.from({ length: 100_000 }, () => ({ name: long, nameAt: 1, size: 1 }));
    const image = [TEXT, ...symbolSections([{ name: long }], X86_64, 2)] as const;
    const many = symbolSections(
      same.map((symbol) => ({ ...symbol, name: '' })),
      X86_64,
      2,
    )[0] as SectionSpec;
    const index = read([image[0], many, image[2] as SectionSpec]);
    assert.equal(index?.count, 100_000);
    assert.equal(index?.lookup(long).length, 16);
  });

  it('of a table of any bytes: no error, and nothing that is not there', () => {
    const bytes = new Uint8Array(readFileSync('sample/tiny-nolibc'));
    const { binary } = readElf(memorySource(bytes));
    const table = binary?.sections.find(({ name }) => name === '.symtab');
    assert(binary && table);
    const start = Number(table.offset);
    const end = start + Number(table.size);
    for (let at = start; at < end; at++) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const changed = bytes.slice();
        changed[at] = value;
        const index = readSymbolIndex(memorySource(changed), binary);
        assert(index && index.count <= 7);
        for (const placed of index.onPages(0, 2 ** 52, 4096, 9)) {
          assert(index.nameOf(placed).length < 20);
        }
        for (const { name, section } of index.lookup('left')) {
          assert(name.length < 20);
          assert(section === undefined || binary.sections.some((s) => s.name === section));
        }
      }
    }
  });

  itWith(['readelf'], 'has exactly the symbols that readelf lists', () => {
    const files = [...elfFiles(['sample']), ...sampleOf(elfFiles(SYSTEM_DIRECTORIES), 20)];
    let seen = 0;
    for (const path of files) {
      const theirs = readelfSymbols(path);
      const index = withSource(path, (source) => {
        const { binary } = readElf(source);
        return binary && readSymbolIndex(source, binary);
      });
      assert.equal(index?.count ?? 0, theirs.length, path);
      if (!index) continue;
      for (const { name, address, size } of everyNth(theirs, 200)) {
        const ours = index.lookup(name);
        const same = ours.some((symbol) => symbol.address === address && symbol.size === size);
        assert(same || ours.length === 16, `${path}: ${name}`);
        seen++;
      }
    }
    assert(seen > 100);
  });

  it('of a sample: the variable, its file and its neighbours', () => {
    const bytes = memorySource(readFileSync('sample/tiny-nolibc'));
    const { binary } = readElf(bytes);
    assert(binary);
    const [left] = readSymbolIndex(bytes, binary)?.lookup('left') ?? [];
    assert.deepEqual(left, {
      name: 'left',
      kind: 'variable',
      address: 0x402000n,
      size: 16,
      section: '.bss',
      file: 'tiny-nolibc.c',
    });
  });
});

const TEXT: SectionSpec = { name: '.text', flags: 6, content: new Uint8Array(16) };

function indexOf(symbols: readonly TableSymbol[], encoding: Encoding = X86_64): SymbolIndex {
  const index = read([TEXT, ...symbolSections(symbols, encoding, 2)], {}, encoding);
  assert(index);
  return index;
}

type Encoding = { readonly class: 32 | 64; readonly littleEndian: boolean };

/** @param table what the header of .symtab says instead of the truth */
function read(
  sections: readonly SectionSpec[],
  table: Partial<Section> = {},
  encoding: Encoding = X86_64,
) {
  const source = memorySource(buildElf({ ...encoding, machine: 62, sections }));
  const { binary } = readElf(source);
  assert(binary);
  const changed = binary.sections.map((s) => (s.name === '.symtab' ? { ...s, ...table } : s));
  return readSymbolIndex(source, { ...binary, sections: changed });
}

/** The symbols with a name and a section, of .symtab or else .dynsym, without symbol versions. */
function readelfSymbols(path: string) {
  const { stdout } = spawnSync('readelf', ['-sW', path], { maxBuffer: 1 << 30 });
  const tables = stdout.toString().split("\nSymbol table '").slice(1);
  const table = tables.find((text) => text.startsWith('.symtab')) ?? tables[0] ?? '';
  const isDynamic = table.startsWith('.dynsym');
  return table.split('\n').flatMap((line) => {
    const [, value, size, type, section, name] = LINE.exec(line) ?? [];
    if (name === undefined || type === 'SECTION' || type === 'FILE' || !section) return [];
    if (!/^\d+$/.test(section)) return [];
    const bare = isDynamic ? name.replace(/@.*$/, '') : name;
    return [{ name: bare, address: BigInt(`0x${value}`), size: Number(size) }];
  });
}

/** Type and binding have no name where they are of another system than the file's: "<OS specific>: 10". */
const LINE =
  /^ *\d+: ([0-9a-f]+) +(0x[0-9a-f]+|\d+) (<.*?>: \d+|\S+) +(?:<.*?>: \d+|\S+) +\S+ +(?:\[.*?\] +)?(\S+) (\S.*)$/;

const everyNth = <T>(all: readonly T[], most: number): T[] =>
  all.filter((_, i) => i % Math.ceil(all.length / most) === 0);
