import type { Section } from './binary.js';
import type { Report } from './diagnostic.js';
import type { ElfHeader, Table } from './elf-header.js';
import { readTable } from './elf-table.js';
import type { Fields } from './fields.js';
import type { ByteSource } from './source.js';
import { stringAt } from './text.js';

/** Objects built with a section per function have over 65,535; four times that is beyond any seen. */
const MAX_SECTIONS = 262_144;
/** Bytes of the section name table that are read; those of large C++ objects are some 100 KB. */
const MAX_NAME_TABLE = 4 << 20;
/** Bytes kept of one name, and of all of them together. */
const MAX_NAME = 4096;
const MAX_NAMES_TOTAL = 8 << 20;

const SHT_NOBITS = 8;
const SHN_XINDEX = 0xffff;
const PN_XNUM = 0xffff;

const entrySizeOf = (header: ElfHeader) => (header.class === 64 ? 64 : 40);

/**
 * Extended numbering (gABI chapter 4): counts that do not fit 16 bits stand in section header 0,
 * the section count in sh_size, the name table's index in sh_link, the segment count in sh_info.
 */
export function resolveCounts(
  source: ByteSource,
  header: ElfHeader,
  report: Report,
): { segmentTable: Table; sectionTable: Table; namesIndex: number } {
  let { segmentTable, sectionTable, namesIndex } = header;
  const needed =
    (sectionTable.count === 0 && sectionTable.offset !== 0n) ||
    namesIndex === SHN_XINDEX ||
    segmentTable.count === PN_XNUM;
  if (!needed) return { segmentTable, sectionTable, namesIndex };
  const first = readTable(
    source,
    header,
    { ...sectionTable, count: 1 },
    { name: 'section', entrySize: entrySizeOf(header), limit: 1 },
    report,
  );
  if (!first) {
    report(
      'bad-header',
      sectionTable.countField,
      'The header refers to section header 0 for its counts, but that header cannot be read.',
    );
    return { segmentTable, sectionTable: { ...sectionTable, count: 0 }, namesIndex };
  }
  const zero = sectionOf(first.fields, 0, header.class, '');
  if (sectionTable.count === 0) {
    // Whatever the file says, the table cannot have more entries than the file has bytes.
    const count = zero.size < BigInt(source.size) ? Number(zero.size) : source.size;
    sectionTable = { ...sectionTable, count };
  }
  if (namesIndex === SHN_XINDEX) namesIndex = zero.link;
  if (segmentTable.count === PN_XNUM && zero.info !== 0) {
    segmentTable = { ...segmentTable, count: zero.info };
  }
  return { segmentTable, sectionTable, namesIndex };
}

/** The section headers with their names, in file order. */
export function readSections(
  source: ByteSource,
  header: ElfHeader,
  table: Table,
  namesIndex: number,
  report: Report,
): Section[] {
  const entrySize = entrySizeOf(header);
  const read = readTable(
    source,
    header,
    table,
    { name: 'section', entrySize, limit: MAX_SECTIONS },
    report,
  );
  if (!read) return [];
  const names = readNames(source, header, read, namesIndex, report);
  const sections: Section[] = [];
  for (let i = 0; i < read.count; i++) {
    const at = i * entrySize;
    const section = sectionOf(read.fields, at, header.class, names(i, read.fields.u32(at)));
    if (exceeds(section, source.size)) {
      report(
        'truncated',
        read.offset + at,
        `Section ${i} claims bytes ${section.offset} to ${section.offset + section.size}, but the file has ${source.size}.`,
      );
    }
    sections.push(section);
  }
  return sections;
}

const exceeds = (section: Section, fileSize: number) =>
  section.type !== 0 &&
  section.type !== SHT_NOBITS &&
  section.size > 0n &&
  section.offset + section.size > BigInt(fileSize);

function sectionOf(fields: Fields, at: number, width: 32 | 64, name: string): Section {
  const word = width / 8;
  // sh_name and sh_type are 4 bytes in both classes; then four words, two 4-byte fields, two words.
  const words = at + 8;
  const after = words + 4 * word;
  return {
    name,
    type: fields.u32(at + 4),
    flags: fields.word(words),
    address: fields.word(words + word),
    offset: fields.word(words + 2 * word),
    size: fields.word(words + 3 * word),
    link: fields.u32(after),
    info: fields.u32(after + 4),
    align: fields.word(after + 8),
    entrySize: fields.word(after + 8 + word),
  };
}

/** A look-up of names by section and `sh_name`; an unreadable name is empty, and reported once. */
function readNames(
  source: ByteSource,
  header: ElfHeader,
  read: { fields: Fields; count: number; offset: number },
  namesIndex: number,
  report: Report,
): (section: number, offset: number) => string {
  if (namesIndex === 0) return () => '';
  if (namesIndex >= read.count) {
    report(
      'bad-section',
      header.sectionTable.countField + 2,
      `e_shstrndx is ${namesIndex}, but there are ${read.count} sections: they have no names.`,
    );
    return () => '';
  }
  const section = sectionOf(read.fields, namesIndex * entrySizeOf(header), header.class, '');
  const size = section.size < BigInt(MAX_NAME_TABLE) ? Number(section.size) : MAX_NAME_TABLE;
  const inFile = section.type !== SHT_NOBITS && section.offset < BigInt(source.size);
  const table = inFile ? source.read(Number(section.offset), size) : new Uint8Array();
  let left = MAX_NAMES_TOTAL;
  let reported = false;
  return (index, offset) => {
    // An empty table names nothing; offset 0 of it is then no error.
    if (table.length === 0 && offset === 0) return '';
    const name = left > 0 ? stringAt(table, offset, MAX_NAME) : undefined;
    if (name === undefined) {
      if (!reported) {
        report(
          left > 0 ? 'bad-string' : 'limit',
          read.offset + index * entrySizeOf(header),
          left > 0
            ? `The name of section ${index} (sh_name ${offset}) is not in the name table of ${table.length} bytes.`
            : `The section names add up to more than ${MAX_NAMES_TOTAL} bytes; those from section ${index} on were not read.`,
        );
      }
      reported = true;
      return '';
    }
    left -= name.length;
    return name;
  };
}
