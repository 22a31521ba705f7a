import type { Steps } from '../steps.js';
import { SHN_LORESERVE } from './binary.js';
import { type EntryLayout, entryKind, STB_LOCAL, STT } from './elf-symbol-entry.js';
import { addName, findNames, type SymbolNames, symbolNames } from './elf-symbol-names.js';
import { addPlace, findPlaces, type SymbolPages, symbolPages } from './elf-symbol-pages.js';
import type { SourceWord } from './source-word.js';

/**
 * A symbol table as it is in the file, and its symbols by name and by page: an object for each of a
 * million would take ten times as much. A symbol's number is that of its entry.
 */
export interface SymbolArrays {
  readonly count: number;
  /** How many entries are nonsense. */
  readonly wild: number;
  readonly mangled: boolean;
  /** The symbols that a word may mean, those of exactly that name first, at most so many. */
  lookup(word: SourceWord, most: number): number[];
  /** The symbols with a size and an address that lie on pages, as `findPlaces` has them. */
  onPages(first: number, end: number, pageSize: number, most: number): number[];
  address(index: number): bigint;
  size(index: number): number;
  /** The section's number; undefined where it does not fit the entry, and stands elsewhere (SHT_SYMTAB_SHNDX). */
  section(index: number): number | undefined;
  type(index: number): number;
  /** Offset in the names. */
  name(index: number): number;
  /** Where the name of the source file is that a local symbol belongs to. */
  file(index: number): number | undefined;
}

/** Where a source file's symbols begin, and its name. */
interface FileEntry {
  readonly from: number;
  readonly name: number;
}

/** What is found in a symbol table. */
interface Scanned {
  count: number;
  wild: number;
  readonly files: FileEntry[];
}

/** Entries that are looked at in one step, which takes some 20 ms where names of C++ are read for the first time. */
const IN_STEP = 1 << 12;

/**
 * @param words the entries
 * @param names the table of their names, which ends with NUL
 * @param sectionCount how many sections there are
 */
export function* symbolArrays(
  layout: EntryLayout,
  words: Uint32Array,
  names: Uint8Array,
  sectionCount: number,
): Steps<SymbolArrays> {
  const entries = Math.floor(words.length / layout.words);
  const byName = symbolNames(names, entries);
  const byPage = symbolPages(entries);
  const scanned: Scanned = { count: 0, wild: 0, files: [] };
  for (let from = 0; from < entries; from += IN_STEP) {
    const end = Math.min(from + IN_STEP, entries);
    scan({ from, end }, layout, words, sectionCount, byName, byPage, scanned);
    yield;
  }
  const { count, wild, files } = scanned;

  const word = (index: number, at: number) => words[index * layout.words + at] as number;
  const low = (index: number, at: number) => word(index, at + layout.low);
  const high = (index: number, at: number) =>
    layout.high === undefined ? 0 : word(index, at + layout.high);
  const size = (index: number) => low(index, layout.size) + high(index, layout.size) * 2 ** 32;
  const info = (index: number) => (word(index, layout.kind) >>> layout.infoShift) & 0xff;
  const name = (index: number) => word(index, layout.name);
  const places = {
    low: (index: number) => low(index, layout.value),
    high: (index: number) => high(index, layout.value),
    size,
  };
  return {
    count,
    wild,
    mangled: byName.mangled,
    lookup: (wanted, most) => findNames(byName, name, wanted, most),
    onPages: (...pages) => findPlaces(byPage, places, ...pages),
    address: (index) => (BigInt(places.high(index)) << 32n) | BigInt(places.low(index)),
    size,
    section: (index) => {
      const section = (word(index, layout.kind) >>> layout.sectionShift) & 0xffff;
      return section < SHN_LORESERVE ? section : undefined;
    },
    type: (index) => info(index) & 0xf,
    name,
    file: (index) =>
      info(index) >> 4 === STB_LOCAL
        ? files.findLast(({ from }) => from <= index)?.name
        : undefined,
  };
}

/** Takes some entries. One loop of plain numbers: with a closure for each field it takes twice as long. */
function scan(
  { from, end }: { readonly from: number; readonly end: number },
  layout: EntryLayout,
  words: Uint32Array,
  sectionCount: number,
  byName: SymbolNames,
  byPage: SymbolPages,
  scanned: Scanned,
) {
  const { words: step, name: nameAt, kind: kindAt, infoShift, sectionShift, low } = layout;
  const { value: valueAt, size: sizeAt, high } = layout;
  const nameBytes = byName.names.length;
  for (let index = from, at = from * step; index < end; index++, at += step) {
    const name = words[at + nameAt] as number;
    const kindWord = words[at + kindAt] as number;
    const type = (kindWord >>> infoShift) & 0xf;
    const section = (kindWord >>> sectionShift) & 0xffff;
    const kind = entryKind(name, type, section, nameBytes, sectionCount);
    if (kind === 'wild') scanned.wild++;
    if (kind === 'file') scanned.files.push({ from: index, name });
    if (kind !== 'symbol') continue;
    scanned.count++;
    addName(byName, index, name);
    if (type === STT.TLS) continue;
    const sizeHigh = high === undefined ? 0 : (words[at + sizeAt + high] as number);
    const size = (words[at + sizeAt + low] as number) + sizeHigh * 2 ** 32;
    const valueHigh = high === undefined ? 0 : (words[at + valueAt + high] as number);
    addPlace(byPage, index, words[at + valueAt + low] as number, valueHigh, size);
  }
}
