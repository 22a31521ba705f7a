import type { Segment } from './binary.js';
import { fileRange } from './elf-addresses.js';
import { DT, type DynamicTable } from './elf-dynamic.js';
import { entryLayout } from './elf-symbol-entry.js';
import { type Encoding, fieldsOf } from './fields.js';
import { PAGE_SET_BYTES } from './page-set.js';
import type { ByteSource } from './source.js';

/** A COPY relocation: the dynamic loader writes all of a library's variable to this place. */
export interface Copy {
  readonly page: number;
  /** Bytes from the start of the page. */
  readonly within: number;
  /** Index in the dynamic symbol table, which has the variable's size. */
  readonly symbol: number;
}

/** Of each, a symbol is read; large C++ programs have some hundred. */
export const MAX_COPIES = 4096;
/** Pages of all of them together, 64 MiB: beyond any program, and what a file may make us count. */
const MAX_PAGES = 16_384;

/**
 * Adds the pages that COPY relocations write behind their first; a variable whose size cannot be
 * read is taken to end on its first page.
 */
export function copiedPages(
  source: ByteSource,
  encoding: Encoding,
  segments: readonly Segment[],
  dynamic: DynamicTable,
  copies: readonly Copy[],
  add: (page: number) => void,
) {
  const table = dynamic.value(DT.SYMTAB);
  if (table === undefined || copies.length === 0) return;
  const layout = entryLayout(encoding);
  const entrySize = layout.bytes;
  // How many symbols there are is told nowhere: as far as the segment goes.
  const range = fileRange(segments, source.size, table, BigInt(source.size));
  let left = MAX_PAGES;
  for (const { page, within, symbol } of copies) {
    const at = symbol * entrySize;
    if (!range || at + entrySize > range.length) continue;
    const fields = fieldsOf(source.read(range.offset + at, entrySize), encoding);
    if (fields.length < entrySize) continue;
    const size = Number(fields.word(layout.size * 4));
    const more = Math.min(left, Math.floor((within + size - 1) / PAGE_SET_BYTES));
    for (let i = 1; i <= more; i++) add(page + i);
    left -= Math.max(0, more);
  }
}
