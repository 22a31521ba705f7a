import type { Segment } from './binary.js';
import type { Report } from './diagnostic.js';
import type { ElfHeader, Table } from './elf-header.js';
import { readTable } from './elf-table.js';
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
  const entrySize = header.class === 64 ? 56 : 32;
  const read = readTable(
    source,
    header,
    table,
    { name: 'program', entrySize, limit: MAX_SEGMENTS },
    report,
  );
  if (!read) return [];
  const parse = header.class === 64 ? segment64 : segment32;
  const segments: Segment[] = [];
  for (let i = 0; i < read.count; i++) {
    const segment = parse(read.fields, i * entrySize);
    check(segment, i, read.offset + i * entrySize, source.size, report);
    segments.push(segment);
  }
  return segments;
}

function segment64(fields: Fields, at: number): Segment {
  return {
    type: fields.u32(at),
    ...access(fields.u32(at + 4)),
    offset: fields.u64(at + 8),
    address: fields.u64(at + 16),
    physicalAddress: fields.u64(at + 24),
    fileSize: fields.u64(at + 32),
    memorySize: fields.u64(at + 40),
    align: fields.u64(at + 48),
  };
}

function segment32(fields: Fields, at: number): Segment {
  return {
    type: fields.u32(at),
    ...access(fields.u32(at + 24)),
    offset: fields.word(at + 4),
    address: fields.word(at + 8),
    physicalAddress: fields.word(at + 12),
    fileSize: fields.word(at + 16),
    memorySize: fields.word(at + 20),
    align: fields.word(at + 28),
  };
}

/** PF_X 1, PF_W 2, PF_R 4. */
function access(flags: number) {
  return {
    readable: (flags & 4) !== 0,
    writable: (flags & 2) !== 0,
    executable: (flags & 1) !== 0,
  };
}

function check(segment: Segment, index: number, at: number, fileSize: number, report: Report) {
  if (segment.type === 0) return; // PT_NULL: the other members are undefined
  if (segment.fileSize > 0n && segment.offset + segment.fileSize > BigInt(fileSize)) {
    report(
      'truncated',
      at,
      `Program header ${index} claims bytes ${segment.offset} to ${segment.offset + segment.fileSize}, but the file has ${fileSize}.`,
    );
  }
  if (segment.type === 1 && segment.memorySize < segment.fileSize) {
    report(
      'bad-segment',
      at,
      `Program header ${index}: p_memsz ${segment.memorySize} is less than p_filesz ${segment.fileSize}; a kernel refuses such a program.`,
    );
  }
}
