import type { Binary, Section } from './binary.js';
import type { Diagnostic, Report } from './diagnostic.js';
import { type SymbolArrays, symbolArrays } from './elf-symbol-arrays.js';
import { entryLayout, SHN_XINDEX, STT } from './elf-symbol-entry.js';
import type { ByteSource } from './source.js';
import { stringAt } from './text.js';

/** A variable, function or label that a symbol table defines. */
export interface ElfSymbol {
  /** The linker's name, as the file has it. */
  readonly name: string;
  readonly kind: SymbolKind;
  /** As linked; of a thread-local one, bytes from the start of the thread's block. */
  readonly address: bigint;
  /** Bytes, 0 where the table says none. Above 2^53, the nearest number there is. */
  readonly size: number;
  /** Index of its section; undefined where it does not fit the field. */
  readonly section: number | undefined;
  /** The source file of a local symbol, as the compiler named it; undefined of a global one. */
  readonly file: string | undefined;
}

export type SymbolKind = 'variable' | 'function' | 'thread-local' | 'label';

/** The symbols that a file defines. */
export interface SymbolIndex {
  /** How many there are. */
  readonly count: number;
  /** Those of exactly this linker name, in table order; of more than 16, the last. */
  lookup(name: string): readonly ElfSymbol[];
  /**
   * Those with a size that lie on the pages from `first` to before `end`, at most so many, in table
   * order; thread-local ones have no page of their own. Some milliseconds for a million symbols.
   */
  onPages(first: number, end: number, pageSize: number, most: number): readonly ElfSymbol[];
  /** What of the table could not be understood. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Symbols that are looked at: several times what browsers have. Each takes 32 bytes. */
const MAX_SYMBOLS = 8 << 20;
/** Bytes of names that are read, of all and of one. */
const MAX_NAMES = 256 << 20;
const MAX_NAME = 64 << 10;
const MAX_SAME_NAME = 16;
/** Entries read at once: 96 KiB, which an allocator takes from where the last ones were. */
const CHUNK = 1 << 12;

const SHT_SYMTAB = 2;
const SHT_DYNSYM = 11;

const KINDS: Readonly<Record<number, SymbolKind>> = {
  [STT.OBJECT]: 'variable',
  [STT.FUNC]: 'function',
  [STT.GNU_IFUNC]: 'function',
  [STT.TLS]: 'thread-local',
};

/**
 * Indexes .symtab, or .dynsym where that is stripped, in one pass over its bytes. A table is believed as far
 * as the file reaches; entries whose name or section does not exist are left out, and counted in the
 * diagnostics. The source is not needed afterwards.
 *
 * @returns undefined where no section is a symbol table
 */
export function readSymbolIndex(source: ByteSource, binary: Binary): SymbolIndex | undefined {
  const { sections } = binary;
  const ofType = (type: number) => sections.find((section) => section.type === type);
  const table = ofType(SHT_SYMTAB) ?? ofType(SHT_DYNSYM);
  const strings = table && sections[table.link];
  if (!table || !strings) return undefined;
  const diagnostics: Diagnostic[] = [];
  const report: Report = (code, offset, message) => diagnostics.push({ code, offset, message });
  const stored = inFile(source, strings, MAX_NAMES, report);
  const names = source.read(stored.offset, stored.length);
  const symbols = readSymbols(source, binary, table, names, report);
  const symbolAt = (index: number) => symbolOf(symbols, index, names);
  return {
    count: symbols.count(),
    lookup: (name) => symbols.lookup(utf8.encode(name), MAX_SAME_NAME).map(symbolAt),
    onPages: (...pages) => symbols.onPages(...pages).map(symbolAt),
    diagnostics,
  };
}

const utf8 = new TextEncoder();

function symbolOf(symbols: SymbolArrays, index: number, names: Uint8Array): ElfSymbol {
  const section = symbols.section(index);
  const file = symbols.file(index);
  return {
    name: stringAt(names, symbols.name(index), MAX_NAME) ?? '',
    kind: KINDS[symbols.type(index)] ?? 'label',
    address: symbols.address(index),
    size: symbols.size(index),
    section: section === SHN_XINDEX ? undefined : section,
    file: (file !== undefined && stringAt(names, file, MAX_NAME)) || undefined,
  };
}

function readSymbols(
  source: ByteSource,
  binary: Binary,
  table: Section,
  names: Uint8Array,
  report: Report,
): SymbolArrays {
  const layout = entryLayout(binary);
  const { offset, length } = inFile(source, table, MAX_SYMBOLS * layout.bytes, report);
  const count = Math.floor(length / layout.bytes);
  const symbols = symbolArrays(layout, names, binary.sections.length, count);
  let wild = 0;
  for (let first = 0; first < count; first += CHUNK) {
    const entries = Math.min(CHUNK, count - first);
    const bytes = source.read(offset + first * layout.bytes, entries * layout.bytes);
    wild += symbols.add(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }
  symbols.link();
  if (wild > 0) {
    report(
      'bad-section',
      offset,
      `The name or section of ${wild} of ${count} symbols does not exist. They were left out.`,
    );
  }
  return symbols;
}

/** What of a section is in the file, up to a limit. */
function inFile(
  source: ByteSource,
  { offset: claimed, size }: Section,
  limit: number,
  report: Report,
): { offset: number; length: number } {
  const offset = claimed < BigInt(source.size) ? Number(claimed) : source.size;
  const present = source.size - offset;
  if (size > BigInt(present)) {
    report(
      'truncated',
      offset,
      `The symbols or their names are said to take ${size} bytes from offset ${claimed}, but the file ends after ${present} of them.`,
    );
  }
  const wanted = Math.min(Number(size), present);
  if (wanted > limit) {
    report(
      'limit',
      offset,
      `Of ${wanted} bytes of symbols or their names only the first ${limit} were read.`,
    );
  }
  return { offset, length: Math.min(wanted, limit) };
}
