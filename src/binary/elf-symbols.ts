import { type Section, SHN_UNDEF, SHT } from './binary.js';
import { entryLayout } from './elf-symbol-entry.js';
import { type Encoding, fieldsOf } from './fields.js';
import type { ByteSource } from './source.js';

/** Bytes of a symbol or string table that are read; that of a static glibc program has some 60 KB. */
const MAX_TABLE = 256 << 10;

/**
 * Whether the symbol table (.symtab) defines a symbol of this name, or the dynamic one needs it from elsewhere;
 * undefined where there is no such table, or one too large to read for this.
 */
export function hasSymbol(
  source: ByteSource,
  encoding: Encoding,
  sections: readonly Section[],
  name: string,
  how: 'defined' | 'needed',
): boolean | undefined {
  const type = how === 'defined' ? SHT.SYMTAB : SHT.DYNSYM;
  const table = sections.find((section) => section.type === type);
  const symbols = contentOf(source, table);
  const strings = contentOf(source, table && sections[table.link]);
  if (!symbols || !strings) return undefined;
  const { bytes: entrySize, kind } = entryLayout(encoding);
  const sectionAt = kind * 4 + 2; // behind st_info and st_other, a byte each
  const fields = fieldsOf(symbols, encoding);
  const wanted = [...name, '\0'].map((character) => character.charCodeAt(0));
  const isWanted = (nameAt: number) => wanted.every((byte, i) => strings[nameAt + i] === byte);
  for (let at = 0; at + entrySize <= fields.length; at += entrySize) {
    const nameAt = fields.u32(at);
    if (strings[nameAt] !== wanted[0] || !isWanted(nameAt)) continue;
    if ((fields.u16(at + sectionAt) === SHN_UNDEF) === (how === 'needed')) return true;
  }
  return false;
}

/** A section's bytes; undefined where not all of them are in the file, or they are too many. */
function contentOf(source: ByteSource, section: Section | undefined): Uint8Array | undefined {
  if (!section || section.size > BigInt(MAX_TABLE) || section.offset > BigInt(source.size)) {
    return undefined;
  }
  const bytes = source.read(Number(section.offset), Number(section.size));
  return bytes.length === Number(section.size) ? bytes : undefined;
}
