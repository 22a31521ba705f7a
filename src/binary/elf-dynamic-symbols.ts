import type { Binary } from './binary.js';
import type { Report } from './diagnostic.js';
import { fileRange } from './elf-addresses.js';
import { DT, readDynamicTable } from './elf-dynamic.js';
import { entryLayout } from './elf-symbol-entry.js';
import { fieldsOf } from './fields.js';
import type { ByteSource } from './source.js';

/** A part of the file: what a header claims, which may be more than there is. */
export interface Extent {
  readonly offset: bigint;
  readonly size: bigint;
}

/** Words of a chain that are read at once. */
const CHAIN = 1024;

/**
 * Where the dynamic section, without section headers, has the symbols and their names; undefined where it does
 * not say.
 *
 * @param most symbols that are counted where their number is not stored: a file may be all hash table
 */
export function dynamicSymbols(
  source: ByteSource,
  binary: Binary,
  most: number,
  report: Report,
): { readonly table: Extent; readonly strings: Extent } | undefined {
  const dynamic = readDynamicTable(source, binary, binary.segments, report);
  const value = (tag: number) => dynamic?.value(tag);
  const place = (address: bigint | undefined) =>
    address === undefined ? undefined : fileRange(binary.segments, source.size, address, 1n);
  const table = place(value(DT.SYMTAB));
  const strings = place(value(DT.STRTAB));
  const names = value(DT.STRSZ);
  if (!table || !strings || names === undefined) return undefined;
  // The hash tables alone say how many symbols there are.
  const words = wordsAt(source, binary);
  const count =
    plainCount(words, value(DT.HASH)) ?? gnuCount(words, binary, value(DT.GNU_HASH), most);
  if (count === undefined) return undefined;
  return {
    table: { offset: BigInt(table.offset), size: BigInt(count * entryLayout(binary).bytes) },
    strings: { offset: BigInt(strings.offset), size: names },
  };
}

/** Up to so many words of 32 bits that are stored at an address. */
type Words = (address: bigint, count: number) => number[];

function wordsAt(source: ByteSource, binary: Binary): Words {
  return (address, count) => {
    const range = fileRange(binary.segments, source.size, address, BigInt(count) * 4n);
    const bytes = range ? source.read(range.offset, range.length) : new Uint8Array();
    const fields = fieldsOf(bytes, binary);
    return Array.from({ length: bytes.length >> 2 }, (_, i) => fields.u32(i * 4));
  };
}

/** DT_HASH: its second word is the number of symbols. */
function plainCount(words: Words, address: bigint | undefined): number | undefined {
  return address === undefined ? undefined : words(address, 2)[1];
}

/** DT_GNU_HASH: the last chain ends with the last symbol, at a word that is odd. Undefined beyond `most`. */
function gnuCount(
  words: Words,
  { class: width }: Binary,
  address: bigint | undefined,
  most: number,
): number | undefined {
  if (address === undefined) return undefined;
  const [buckets = 0, first = 0, filter = 0] = words(address, 4);
  if (buckets > most) return undefined; // linkers make fewer of them than symbols
  const bucketsAt = address + 16n + BigInt(filter) * BigInt(width / 8);
  let last = 0;
  for (const bucket of words(bucketsAt, buckets)) last = Math.max(last, bucket);
  if (last < first) return first;
  const chains = bucketsAt + BigInt(buckets) * 4n;
  for (; last < most; last += CHAIN) {
    const chain = words(chains + BigInt(last - first) * 4n, CHAIN);
    const end = chain.findIndex((word) => word & 1);
    if (end >= 0) return last + end + 1;
    if (chain.length < CHAIN) return undefined;
  }
  return undefined;
}
