import * as l10n from '@vscode/l10n';
import { type Section, SHN_XINDEX, SHT } from './binary.js';
import type { Report } from './diagnostic.js';
import type { ElfHeader, Table } from './elf-header.js';
import { type NameLookup, sectionNames } from './elf-section-names.js';
import { endCheck, readTable, type TableEntries } from './elf-table.js';
import type { Fields } from './fields.js';
import type { ByteSource } from './source.js';

/** Objects built with a section per function have over 65,535; four times that is beyond any seen. */
const MAX_SECTIONS = 262_144;

/** The number of segments does not fit its field (gABI chapter 5, e_phnum). */
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
    sectionTable.count === 0 || namesIndex === SHN_XINDEX || segmentTable.count === PN_XNUM;
  if (!needed || sectionTable.offset === 0n) return { segmentTable, sectionTable, namesIndex };
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
      l10n.t(
        'The header refers to section header 0 for its counts, but that header cannot be read.',
      ),
    );
    return { segmentTable, sectionTable: { ...sectionTable, count: 0 }, namesIndex };
  }
  const zero = sectionOf(first.fields, 0, header.class, '');
  if (sectionTable.count === 0) sectionTable = { ...sectionTable, count: Number(zero.size) };
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
  const names = namesOf(source, header, read, namesIndex, report);
  const ends = endCheck(source.size);
  const sections: Section[] = [];
  for (let i = 0; i < read.count; i++) {
    const at = i * entrySize;
    const name = names(i, read.fields.u32(at));
    const section = sectionOf(read.fields, at, header.class, name);
    if (section.type !== SHT.NULL && section.type !== SHT.NOBITS) {
      ends.check(i, section.offset, section.size);
    }
    sections.push(section);
  }
  ends.report('section', read.offset, entrySize, report);
  return sections;
}

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

/** The look-up of names that `e_shstrndx` leads to; without one, no section has a name. */
function namesOf(
  source: ByteSource,
  header: ElfHeader,
  read: TableEntries,
  namesIndex: number,
  report: Report,
): NameLookup {
  if (namesIndex === 0) return () => '';
  if (namesIndex >= read.count) {
    report(
      'bad-section',
      header.sectionTable.countField + 2,
      l10n.t(
        'The section names are said to be in section {0} (e_shstrndx), but there are only {1} sections. No section has a name here.',
        namesIndex,
        read.count,
      ),
    );
    return () => '';
  }
  const entrySize = entrySizeOf(header);
  const table = sectionOf(read.fields, namesIndex * entrySize, header.class, '');
  return sectionNames(source, table, (index) => read.offset + index * entrySize, report);
}
