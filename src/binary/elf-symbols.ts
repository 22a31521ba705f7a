import { type Section, SHN_UNDEF, SHT } from './binary.js';
import { entryLayout } from './elf-symbol-entry.js';
import { type Encoding, fieldsOf } from './fields.js';
import type { ByteSource } from './source.js';

/** Bytes of a symbol or string table that are read; those of a static C++ program have some 200 and 320 KB. */
const MAX_TABLE = 1 << 20;

/**
 * Addresses of those of some names that the symbol table (.symtab) defines, or that the dynamic one
 * needs from elsewhere, of one that is there twice none; undefined where there is no such table, or
 * one too large to read for this.
 */
export function findSymbols(
  source: ByteSource,
  encoding: Encoding,
  sections: readonly Section[],
  names: readonly string[],
  how: 'defined' | 'needed',
): ReadonlyMap<string, bigint | undefined> | undefined {
  const type = how === 'defined' ? SHT.SYMTAB : SHT.DYNSYM;
  const table = sections.find((section) => section.type === type);
  const symbols = contentOf(source, table);
  const strings = contentOf(source, table && sections[table.link]);
  if (!symbols || !strings) return undefined;
  const { bytes: entrySize, kind, value } = entryLayout(encoding);
  const sectionAt = kind * 4 + 2; // behind st_info and st_other, a byte each
  const fields = fieldsOf(symbols, encoding);
  const nameAt = namesIn(strings, names);
  const found = new Map<string, bigint | undefined>();
  for (let at = 0; at + entrySize <= fields.length; at += entrySize) {
    const name = nameAt(fields.u32(at));
    if (name === undefined) continue;
    if ((fields.u16(at + sectionAt) === SHN_UNDEF) === (how === 'needed')) {
      found.set(name, found.has(name) ? undefined : fields.word(at + value * 4));
    }
  }
  return found;
}

/** Tells which of some names a place in a string table holds; most are none, which their first three bytes tell. */
function namesIn(
  strings: Uint8Array,
  names: readonly string[],
): (at: number) => string | undefined {
  const bytesOf = (name: string) => [...name, '\0'].map((character) => character.charCodeAt(0));
  const beginning = (bytes: ArrayLike<number>, at: number) =>
    ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  const wanted = new Map<number, { readonly name: string; readonly bytes: readonly number[] }[]>();
  for (const name of names) {
    const bytes = bytesOf(name);
    const key = beginning(bytes, 0);
    wanted.set(key, [...(wanted.get(key) ?? []), { name, bytes }]);
  }
  return (at) =>
    wanted
      .get(beginning(strings, at))
      ?.find(({ bytes }) => bytes.every((byte, i) => strings[at + i] === byte))?.name;
}

/** A section's bytes; undefined where not all of them are in the file, or they are too many. */
function contentOf(source: ByteSource, section: Section | undefined): Uint8Array | undefined {
  if (!section || section.size > BigInt(MAX_TABLE) || section.offset > BigInt(source.size)) {
    return undefined;
  }
  const bytes = source.read(Number(section.offset), Number(section.size));
  return bytes.length === Number(section.size) ? bytes : undefined;
}
