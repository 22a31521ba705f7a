import * as l10n from '@vscode/l10n';
import { PT, programHeaderBytes, type Segment } from './binary.js';
import { type Report, unsaid } from './diagnostic.js';
import type { ElfHeader, Table } from './elf-header.js';
import { endCheck, readTable } from './elf-table.js';
import type { Fields } from './fields.js';
import type { ByteSource } from './source.js';

/** Core dumps have one segment per mapping, up to 65,530 by default on Linux (vm.max_map_count). */
const MAX_SEGMENTS = 65_536;

/** The program headers, in file order. Impossible values are kept as stored and reported. */
export function readSegments(
  source: ByteSource,
  header: ElfHeader,
  table: Table,
  report: Report,
): Segment[] {
  const read = readEntries(source, header, table, report);
  if (!read) return [];
  const parse = header.class === 64 ? segment64 : segment32;
  const entrySize = programHeaderBytes(header);
  const segments: Segment[] = [];
  for (let i = 0; i < read.count; i++) segments.push(parse(read.fields, i * entrySize));
  checkSegments(segments, read.offset, entrySize, source.size, report);
  return segments;
}

/** The first program header of a type; nothing is made of the others, or said of them. */
export function findSegment(
  source: ByteSource,
  header: ElfHeader,
  table: Table,
  type: number,
): Segment | undefined {
  const read = readEntries(source, header, table, unsaid);
  const entrySize = programHeaderBytes(header);
  for (let at = 0; read && at < read.count * entrySize; at += entrySize) {
    if (read.fields.u32(at) === type) {
      return header.class === 64 ? segment64(read.fields, at) : segment32(read.fields, at);
    }
  }
  return undefined;
}

const readEntries = (source: ByteSource, header: ElfHeader, table: Table, report: Report) =>
  readTable(
    source,
    header,
    table,
    { name: 'program', entrySize: programHeaderBytes(header), limit: MAX_SEGMENTS },
    report,
  );

// PF_X 1, PF_W 2, PF_R 4. Written out twice: the 64-bit format moved the flags, for alignment.
function segment64(fields: Fields, at: number): Segment {
  const flags = fields.u32(at + 4);
  return {
    type: fields.u32(at),
    readable: (flags & 4) !== 0,
    writable: (flags & 2) !== 0,
    executable: (flags & 1) !== 0,
    offset: fields.u64(at + 8),
    address: fields.u64(at + 16),
    physicalAddress: fields.u64(at + 24),
    fileSize: fields.u64(at + 32),
    memorySize: fields.u64(at + 40),
    align: fields.u64(at + 48),
  };
}

function segment32(fields: Fields, at: number): Segment {
  const flags = fields.u32(at + 24);
  return {
    type: fields.u32(at),
    readable: (flags & 4) !== 0,
    writable: (flags & 2) !== 0,
    executable: (flags & 1) !== 0,
    offset: fields.word(at + 4),
    address: fields.word(at + 8),
    physicalAddress: fields.word(at + 12),
    fileSize: fields.word(at + 16),
    memorySize: fields.word(at + 20),
    align: fields.word(at + 28),
  };
}

function checkSegments(
  segments: readonly Segment[],
  tableOffset: number,
  entrySize: number,
  fileSize: number,
  report: Report,
) {
  const ends = endCheck(fileSize);
  segments.forEach(({ type, offset, fileSize: size }, i) => {
    if (type !== PT.NULL) ends.check(i, offset, size); // its other members are undefined
  });
  ends.report('program', tableOffset, entrySize, report);
  const bad = segments.findIndex((s) => s.type === PT.LOAD && s.memorySize < s.fileSize);
  if (bad < 0) return;
  report(
    'bad-segment',
    tableOffset + bad * entrySize,
    l10n.t(
      'Program header {0} has more bytes in the file (p_filesz {1}) than in memory (p_memsz {2}). Such a file is not loaded.',
      bad,
      String(segments[bad]?.fileSize),
      String(segments[bad]?.memorySize),
    ),
  );
}
