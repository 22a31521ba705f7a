import assert from 'node:assert/strict';
import { NONE } from '../../../src/binary/chains.js';
import { readElf } from '../../../src/binary/elf.js';
import { addName, symbolNames } from '../../../src/binary/elf-symbol-names.js';
import { readSpelling } from '../../../src/binary/elf-symbol-spelling.js';
import { identifier, namePath } from '../../../src/binary/name-path.js';
import { elfFiles, SYSTEM_DIRECTORIES, sampleOf, withSource } from '../../support/elf-files.js';

const numbered = (name: (i: number) => string) => () =>
  Array.from({ length: 1 << 16 }, (_, i) => name(i));
/** As C++ and Rust write it. */
const counted = (identifier: string) => `${identifier.length}${identifier}`;

describe('the chains of the symbol index', () => {
  const KINDS: Readonly<Record<string, () => readonly string[]>> = {
    'variables of C': numbered((i) => `global_variable_${i}`),
    'short variables of C': numbered((i) => `v${i}`),
    'functions named by their addresses': numbered(
      (i) => `sub_${(0x401000 + i * 16).toString(16)}`,
    ),
    'variables of C++': numbered((i) => `_ZN5space5KlassI3FooE${counted(`variable_${i}`)}E`),
    'functions of C++': numbered((i) => `_ZNK5Klass${counted(`function_${i}`)}ERKNS_3FooE`),
    'variables of Rust': numbered((i) => `_RNvNtC1a6module${counted(`VARIABLE_${i}`)}`),
    'variables of Go': numbered((i) => `example.com/pkg.Counter${i}`),
    'names with a number inside': numbered((i) => `handler_${i}_of_interrupt`),
    'all names of some files of this machine': namesOfThisMachine,
  };
  for (const [title, names] of Object.entries(KINDS)) {
    it(`are as even as if drawn by lot: ${title}`, () => {
      const { pairs, byLot } = pairsInChains(names());
      assert(byLot > 1000);
      assert(pairs < 1.1 * byLot, `${pairs} pairs of names in a chain, by lot ${byLot}`);
    });
  }
});

/** How many pairs of names share a chain, of each last identifier one; and how many would if it were drawn by lot. */
function pairsInChains(names: readonly string[]) {
  const table = Buffer.from(`${names.join('\0')}\0`);
  const path = namePath(table);
  const starts = new Map<string, number>();
  let start = 0;
  for (const name of names) {
    readSpelling(path, start);
    if (path.count > 0) starts.set(identifier(path, path.count - 1), start);
    start += Buffer.byteLength(name) + 1;
  }
  const all = symbolNames(table, starts.size);
  let number = 0;
  for (const start of starts.values()) addName(all, number++, start);
  const { heads, next } = all.chains;
  let pairs = 0;
  for (const head of heads) {
    for (let i = head, before = 0; i !== NONE; i = next[i] as number) pairs += before++;
  }
  return { pairs, byLot: (starts.size * (starts.size - 1)) / 2 / heads.length };
}

function namesOfThisMachine(): string[] {
  const files = [...elfFiles(['sample']), ...sampleOf(elfFiles(SYSTEM_DIRECTORIES), 40)];
  return files.flatMap((path) =>
    withSource(path, (source) => {
      const { binary } = readElf(source);
      const tables =
        binary?.sections.filter(({ name }) => /^\.(?:strtab|dynstr)$/.test(name)) ?? [];
      return tables.flatMap(({ offset, size }) =>
        Buffer.from(source.read(Number(offset), Number(size)))
          .toString('latin1')
          .split('\0'),
      );
    }),
  );
}
