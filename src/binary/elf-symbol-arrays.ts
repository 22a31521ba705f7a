import { entryKind, type entryLayout, STB_LOCAL, STT } from './elf-symbol-entry.js';
import { nameChains, type SymbolNames } from './elf-symbol-names.js';
import { pageChains, type SymbolPages } from './elf-symbol-pages.js';

/**
 * A symbol table as it is in the file, and its symbols by name and by page: an object for each of a
 * million would take ten times as much. A symbol's number is that of its entry.
 */
export interface SymbolArrays {
  readonly count: number;
  /** How many entries are nonsense. */
  readonly wild: number;
  readonly byName: SymbolNames;
  /** Those with a size and an address. */
  readonly byPage: SymbolPages;
  address(index: number): bigint;
  size(index: number): number;
  section(index: number): number;
  type(index: number): number;
  /** Offset in the names. */
  name(index: number): number;
  /** Where the name of the source file is that a local symbol belongs to. */
  file(index: number): number | undefined;
}

/**
 * @param words the entries
 * @param names the table of their names, which ends with NUL
 * @param sectionCount how many sections there are
 */
export function symbolArrays(
  layout: ReturnType<typeof entryLayout>,
  words: Uint32Array,
  names: Uint8Array,
  sectionCount: number,
): SymbolArrays {
  const { infoShift, sectionShift } = layout;
  const entries = Math.floor(words.length / layout.words);
  const word = (index: number, at: number) => words[index * layout.words + at] as number;
  // Addresses in halves: a bigint is an object, and all of them are looked at.
  const low = (index: number, at: number) => word(index, at + layout.low);
  const high = (index: number, at: number) =>
    layout.high === undefined ? 0 : word(index, at + layout.high);
  const size = (index: number) => low(index, layout.size) + high(index, layout.size) * 2 ** 32;
  const info = (index: number) => (word(index, layout.kind) >>> infoShift) & 0xff;
  const type = (index: number) => info(index) & 0xf;
  const section = (index: number) => (word(index, layout.kind) >>> sectionShift) & 0xffff;
  const name = (index: number) => word(index, layout.name);

  const byName = nameChains(names, name, entries);
  const lows = (index: number) => low(index, layout.value);
  const highs = (index: number) => high(index, layout.value);
  const byPage = pageChains({ low: lows, high: highs, size }, entries);
  const files: { readonly from: number; readonly name: number }[] = [];
  let count = 0;
  let wild = 0;
  for (let index = 0; index < entries; index++) {
    const kind = entryKind(name(index), type(index), section(index), names.length, sectionCount);
    if (kind === 'wild') wild++;
    if (kind === 'file') files.push({ from: index, name: name(index) });
    if (kind !== 'symbol') continue;
    count++;
    byName.add(index);
    if (type(index) !== STT.TLS) byPage.add(index);
  }

  return {
    count,
    wild,
    byName,
    byPage,
    address: (index) => (BigInt(highs(index)) << 32n) | BigInt(lows(index)),
    size,
    section,
    type,
    name,
    file: (index) =>
      info(index) >> 4 === STB_LOCAL
        ? files.findLast(({ from }) => from <= index)?.name
        : undefined,
  };
}
