import type { Segment } from './binary.js';
import { fileRange } from './elf-addresses.js';
import { DT, type DynamicTable } from './elf-dynamic.js';
import type { ElfHeader } from './elf-header.js';
import { wordsOf } from './elf-relocation-entries.js';
import { entryLayout } from './elf-symbol-entry.js';
import type { ByteSource } from './source.js';

/** EI_OSABI of an object with such symbols, or with indirect functions, from GNU's linkers (bfd/elflink.c). */
const ELFOSABI_GNU = 3;
/** A binding, in the upper half of st_info (glibc's elf/elf.h). */
const STB_GNU_UNIQUE = 10;
/** Bytes of an Elf64_Rela and of an Elf64_Sym, and the same in words (gABI chapter 4). */
const ENTRY = 24;
const WORDS = ENTRY / 4;
/** Bytes read at a time, whole entries; and of each table, of which libstdc++ 12 has 120 and 150 KB. */
const CHUNK = 48 << 10;
const MAX_TABLE = 512 << 10;

/**
 * How many symbols an object defines for the whole process (STB_GNU_UNIQUE) that its relocations
 * refer to: in C++, variables of templates and inline functions. Only GNU's linkers make them, and
 * only objects that are marked for it are looked at, which are few; 0 of a 32-bit one. A floor
 * where a table is longer than what is read of it.
 */
export function uniqueReferences(
  source: ByteSource,
  header: ElfHeader,
  segments: readonly Segment[],
  table: DynamicTable,
): number {
  const { osAbi, littleEndian, class: width } = header;
  const symbolTable = table.value(DT.SYMTAB);
  if (osAbi !== ELFOSABI_GNU || width !== 64 || symbolTable === undefined) return 0;
  const wordsAt = (address: bigint, bytes: bigint) =>
    words(source, segments, littleEndian, address, bytes);
  const referred = new Set<number>();
  let last = -1;
  const symbolAt = littleEndian ? 3 : 2; // the upper half of r_info
  for (const entries of wordsAt(...symbolicRelocations(table))) {
    for (let at = symbolAt; at < entries.length; at += WORDS) {
      const symbol = entries[at] as number;
      referred.add(symbol);
      if (symbol > last) last = symbol;
    }
  }
  const { kind, infoShift } = entryLayout(header);
  let count = 0;
  let symbol = 0;
  for (const entries of wordsAt(symbolTable, BigInt(last + 1) * BigInt(ENTRY))) {
    for (let at = kind; at < entries.length; at += WORDS, symbol++) {
      const binding = ((entries[at] as number) >>> (infoShift + 4)) & 0xf;
      if (binding === STB_GNU_UNIQUE && referred.has(symbol)) count++;
    }
  }
  return count;
}

/**
 * Address and bytes of the relocations that need symbols: linkers have relative ones in front. Those that are bound
 * lazily (DT_JMPREL) are of functions, which are not unique.
 */
function symbolicRelocations(table: DynamicTable): [address: bigint, bytes: bigint] {
  const relative = BigInt(ENTRY) * (table.value(DT.RELACOUNT) ?? 0n);
  const bytes = (table.value(DT.RELASZ) ?? 0n) - relative;
  return [(table.value(DT.RELA) ?? 0n) + relative, bytes > 0n ? bytes : 0n];
}

/** The words of so many bytes at an address, as far as they are in the file: whole entries, a chunk at a time. */
function* words(
  source: ByteSource,
  segments: readonly Segment[],
  littleEndian: boolean,
  address: bigint,
  bytes: bigint,
): Generator<Uint32Array> {
  const range = fileRange(segments, source.size, address, bytes);
  const length = Math.min(range?.length ?? 0, MAX_TABLE);
  for (let done = 0; range && done < length; done += CHUNK) {
    const chunk = source.read(range.offset + done, Math.min(CHUNK, length - done));
    yield wordsOf(chunk.subarray(0, chunk.length - (chunk.length % ENTRY)), littleEndian);
  }
}
