import * as l10n from '@vscode/l10n';
import { atOnce, type Steps } from '../steps.js';
import { type Binary, SHT } from './binary.js';
import type { Diagnostic, Report } from './diagnostic.js';
import { dynamicSymbols, type Extent } from './elf-dynamic-symbols.js';
import { type SymbolArrays, symbolArrays } from './elf-symbol-arrays.js';
import { entryLayout, STT, wordsInSteps } from './elf-symbol-entry.js';
import { atMost } from './fields.js';
import { BEYOND } from './name-path.js';
import { readInSteps } from './read-in-steps.js';
import type { ByteSource } from './source.js';
import { sourceWord } from './source-word.js';
import { stringAt } from './strings.js';

/** A variable, function or label that a symbol table defines. */
export interface ElfSymbol {
  /** The linker's name, as the file has it. */
  readonly name: string;
  readonly kind: SymbolKind;
  /** As linked; of a thread-local one, bytes from the start of the thread's block. */
  readonly address: bigint;
  /** Bytes, 0 where the table says none. Above 2^53, the nearest number there is. */
  readonly size: number;
  /** Name of its section; undefined where that is not known. */
  readonly section: string | undefined;
  /** The source file of a local symbol, as the compiler named it; undefined of a global one. */
  readonly file: string | undefined;
}

/** Where a symbol is. Its name is to be asked for: hundreds may share a page, and few are named. */
export interface PlacedSymbol extends Pick<ElfSymbol, 'address' | 'size'> {
  /** Which one of the table it is. */
  readonly number: number;
}

export type SymbolKind = 'variable' | 'function' | 'thread-local' | 'label';

/** The symbols that a file defines. */
export interface SymbolIndex {
  /** How many there are. */
  readonly count: number;
  /** Whether they are all that the linker had, and not only those that other files may use. */
  readonly isWhole: boolean;
  /**
   * Those that a word of source text or assembler may mean: first those of exactly this linker name, then
   * those that compilers name otherwise, as far as the word tells. `counter` means C++'s `ns::counter`,
   * `Klass::counter` and the `counter` in a function, Rust's of any module and C's `counter.0`; with
   * `ns::` in front, of C++ and Rust only that. Each in table order; of more than 16, the last.
   */
  lookup(word: string): readonly ElfSymbol[];
  /**
   * Those with a size that lie on the pages from `first` to before `end`, at most so many, in table
   * order; thread-local ones have no page of their own.
   */
  onPages(first: number, end: number, pageSize: number, most: number): readonly PlacedSymbol[];
  nameOf(symbol: PlacedSymbol): string;
  /** Whether there are mangled names, which `spell` could make readable. */
  readonly mangled: boolean;
  /** How a name is shown: as it is, unless a demangler is put here. */
  spell(name: string): string;
  /** What of the table could not be understood. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A symbol table that was read. */
export interface SymbolTable extends Pick<SymbolIndex, 'isWhole'> {
  /** The index of it, which needs nothing else of the file. */
  index(): Steps<SymbolIndex>;
}

/** Symbols that are looked at: several times what browsers have. Each takes some 34 bytes. */
const MAX_SYMBOLS = 8 << 20;
/** Bytes of names that are read, of all and of one. */
const MAX_NAMES = 256 << 20;
const MAX_NAME = 64 << 10;
const MAX_SAME_NAME = 16;

const KINDS: Readonly<Record<number, SymbolKind>> = {
  [STT.OBJECT]: 'variable',
  [STT.FUNC]: 'function',
  [STT.GNU_IFUNC]: 'function',
  [STT.TLS]: 'thread-local',
};

/**
 * Indexes .symtab, or where that is stripped the dynamic symbols, in one pass over the bytes. A table is
 * believed as far as the file reaches; entries whose name or section does not exist are left out, and counted in the
 * diagnostics. The source is not needed afterwards.
 *
 * @returns undefined where there is no symbol table
 */
export function readSymbolIndex(source: ByteSource, binary: Binary): SymbolIndex | undefined {
  const table = atOnce(readSymbolTable(source, binary));
  return table && atOnce(table.index());
}

/** The same in steps, and in two parts, of which only the first needs the source. */
export function* readSymbolTable(
  source: ByteSource,
  binary: Binary,
): Steps<SymbolTable | undefined> {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (code, offset, message) => diagnostics.push({ code, offset, message });
  const found = tableIn(binary, SHT.SYMTAB) ?? tableIn(binary, SHT.DYNSYM);
  const { table, strings } = found ?? dynamicSymbols(source, binary, MAX_SYMBOLS, report) ?? {};
  if (!table || !strings) return undefined;
  const stored = inFile(source, strings, MAX_NAMES, report);
  const read = yield* readInSteps(source, stored.offset, stored.length + BEYOND);
  const names = yield* endedByNul(read.subarray(0, stored.length));
  const layout = entryLayout(binary);
  const { offset, length } = inFile(source, table, MAX_SYMBOLS * layout.bytes, report);
  const entries = yield* readInSteps(source, offset, length);
  const words = yield* wordsInSteps(entries, layout.littleEndian);
  // Where there are no section headers, sections have numbers all the same.
  const sections = binary.sections.length || Number.POSITIVE_INFINITY;
  const isWhole = found?.table.type === SHT.SYMTAB;
  return {
    isWhole,
    *index() {
      const symbols = yield* symbolArrays(layout, words, names, sections);
      const { count, wild, mangled } = symbols;
      if (wild > 0) reportWild(wild, Math.floor(length / layout.bytes), offset, report);
      const symbolAt = (index: number) => symbolOf(symbols, index, names, binary);
      const placedAt = (index: number) => placedOf(symbols, index);
      return {
        count,
        isWhole,
        mangled,
        lookup: (word) => symbols.lookup(sourceWord(word), MAX_SAME_NAME).map(symbolAt),
        onPages: (...pages) => symbols.onPages(...pages).map(placedAt),
        nameOf: ({ number }) => nameOf(symbols, number, names),
        spell: (name) => name,
        diagnostics,
      };
    },
  };
}

/** Bytes that are searched in one step: some 10 ms. */
const SEARCHED = 16 << 20;

/** Without what no NUL ends, which is no name: all of a hostile table may be. */
function* endedByNul(table: Uint8Array): Steps<Uint8Array> {
  for (let end = table.length; end > 0; end -= SEARCHED) {
    const start = Math.max(0, end - SEARCHED);
    const last = table.subarray(start, end).lastIndexOf(0);
    if (last >= 0) return table.subarray(0, start + last + 1);
    yield;
  }
  return table.subarray(0, 0);
}

function tableIn({ sections }: Binary, type: number) {
  const table = sections.find((section) => section.type === type);
  const strings = table && sections[table.link];
  return table && strings && { table, strings };
}

const placedOf = (symbols: SymbolArrays, index: number): PlacedSymbol => ({
  address: symbols.address(index),
  size: symbols.size(index),
  number: index,
});

const nameOf = (symbols: SymbolArrays, index: number, names: Uint8Array): string =>
  stringAt(names, symbols.name(index), MAX_NAME) ?? '';

function symbolOf(
  symbols: SymbolArrays,
  index: number,
  names: Uint8Array,
  { sections }: Binary,
): ElfSymbol {
  const file = symbols.file(index);
  const section = symbols.section(index);
  return {
    name: nameOf(symbols, index, names),
    kind: KINDS[symbols.type(index)] ?? 'label',
    address: symbols.address(index),
    size: symbols.size(index),
    section: section === undefined ? undefined : sections[section]?.name,
    file: (file !== undefined && stringAt(names, file, MAX_NAME)) || undefined,
  };
}

function reportWild(wild: number, count: number, offset: number, report: Report) {
  const message = l10n.t(
    'The name or section of {0} of {1} symbols does not exist. They were left out.',
    wild,
    count,
  );
  report('bad-section', offset, message);
}

/** What of a section is in the file, up to a limit. */
function inFile(
  source: ByteSource,
  { offset: claimed, size }: Extent,
  limit: number,
  report: Report,
): { offset: number; length: number } {
  const offset = atMost(claimed, source.size);
  const present = source.size - offset;
  if (size > BigInt(present)) {
    report(
      'truncated',
      offset,
      l10n.t(
        'The symbols or their names are said to take {0} bytes from offset {1}, but the file ends after {2} of them.',
        String(size),
        String(claimed),
        present,
      ),
    );
  }
  const wanted = atMost(size, present);
  if (wanted > limit) {
    report(
      'limit',
      offset,
      l10n.t('Of {0} bytes of symbols or their names only the first {1} were read.', wanted, limit),
    );
  }
  return { offset, length: Math.min(wanted, limit) };
}
