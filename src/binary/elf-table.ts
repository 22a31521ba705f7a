import type { Report } from './diagnostic.js';
import type { Table } from './elf-header.js';
import { type Encoding, type Fields, fieldsOf } from './fields.js';
import type { ByteSource } from './source.js';

/** The entries of a header table that are there, and where the first of them is in the file. */
export interface TableEntries {
  readonly fields: Fields;
  readonly count: number;
  readonly offset: number;
}

/**
 * The entries of a header table that are really in the file, as one block of fields.
 * The declared count is believed only as far as the file reaches and `limit` allows, so that no
 * allocation is larger than the file.
 *
 * @param entrySize the size this class of file must declare, in bytes
 * @returns undefined where no entry can be read
 */
export function readTable(
  source: ByteSource,
  encoding: Encoding,
  table: Table,
  what: { readonly name: string; readonly entrySize: number; readonly limit: number },
  report: Report,
): TableEntries | undefined {
  const { name, entrySize, limit } = what;
  if (table.count === 0) return undefined;
  if (table.entrySize !== entrySize) {
    report(
      'bad-header',
      table.countField - 2,
      `A ${name} header is said to have ${table.entrySize} bytes, but in a ${encoding.class}-bit file it has ${entrySize}. The ${name} headers were not read.`,
    );
    return undefined;
  }
  if (table.offset === 0n) {
    report(
      'bad-header',
      table.countField,
      `The file declares ${table.count} ${name} headers, but no place for them (their offset is 0). None were read.`,
    );
    return undefined;
  }
  if (table.offset >= BigInt(source.size)) {
    report(
      'truncated',
      table.countField,
      `The ${name} headers are said to begin at offset ${table.offset}, but the file has only ${source.size} bytes.`,
    );
    return undefined;
  }
  const offset = Number(table.offset);
  const present = Math.floor((source.size - offset) / entrySize);
  if (table.count > present) {
    report(
      'truncated',
      table.countField,
      `The file ends after ${present} of the ${table.count} ${name} headers it declares.`,
    );
  }
  const wanted = Math.min(table.count, present);
  if (wanted > limit) {
    report(
      'limit',
      table.countField,
      `Only the first ${limit} of ${wanted} ${name} headers were read.`,
    );
  }
  const bytes = source.read(offset, Math.min(wanted, limit) * entrySize);
  const count = Math.floor(bytes.length / entrySize);
  return count === 0 ? undefined : { fields: fieldsOf(bytes, encoding), count, offset };
}

/**
 * Finds the entries of a table that claim bytes beyond the end of the file; they become one finding,
 * since a file that was cut off has it for thousands of them.
 */
export function endCheck(fileSize: number) {
  const end = BigInt(fileSize);
  let first: { index: number; offset: bigint; size: bigint } | undefined;
  let count = 0;
  return {
    check(index: number, offset: bigint, size: bigint) {
      if (size === 0n || offset + size <= end) return;
      first ??= { index, offset, size };
      count++;
    },
    report(name: string, tableOffset: number, entrySize: number, report: Report) {
      if (!first) return;
      const { index, offset, size } = first;
      const others = count > 1 ? ` So it is with ${count - 1} more of them.` : '';
      report(
        'truncated',
        tableOffset + index * entrySize,
        `The ${name} header with number ${index} claims bytes ${offset} to ${offset + size} of the file, which has only ${fileSize}.${others}`,
      );
    },
  };
}
