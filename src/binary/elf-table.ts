import * as l10n from '@vscode/l10n';
import { hex, integer } from '../format.js';
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

/** What a table has to be like. */
interface TableFormat {
  /** What it has headers of, for people: "section". */
  readonly name: string;
  /** Bytes that an entry has in this class of file. */
  readonly entrySize: number;
  /** Entries that are read at most. */
  readonly limit: number;
}

/**
 * The entries of a header table that are really in the file, as one block of fields.
 * The declared count is believed only as far as the file reaches and `limit` allows, so that no
 * allocation is larger than the file.
 *
 * @returns undefined where no entry can be read
 */
export function readTable(
  source: ByteSource,
  encoding: Encoding,
  table: Table,
  format: TableFormat,
  report: Report,
): TableEntries | undefined {
  if (table.count === 0 || !isTable(source, encoding, table, format, report)) return undefined;
  const { name, entrySize, limit } = format;
  const offset = Number(table.offset);
  const present = Math.floor((source.size - offset) / entrySize);
  if (table.count > present) {
    report(
      'truncated',
      table.countField,
      l10n.t(
        'The file ends after {0} of the {1} {2} headers it declares.',
        present,
        table.count,
        name,
      ),
    );
  }
  const wanted = Math.min(table.count, present);
  if (wanted > limit) {
    report(
      'limit',
      table.countField,
      l10n.t('Only the first {0} of {1} {2} headers were read.', limit, wanted, name),
    );
  }
  const bytes = source.read(offset, Math.min(wanted, limit) * entrySize);
  const count = Math.floor(bytes.length / entrySize);
  return count === 0 ? undefined : { fields: fieldsOf(bytes, encoding), count, offset };
}

/** Whether entries have the size they must have, and a place in the file. */
function isTable(
  source: ByteSource,
  encoding: Encoding,
  table: Table,
  { name, entrySize }: TableFormat,
  report: Report,
): boolean {
  if (table.entrySize !== entrySize) {
    report(
      'bad-header',
      table.countField - 2,
      l10n.t(
        'A {0} header is said to have {1} bytes, but in a {2}-bit file it has {3}. The {0} headers were not read.',
        name,
        table.entrySize,
        encoding.class,
        entrySize,
      ),
    );
    return false;
  }
  if (table.offset === 0n) {
    report(
      'bad-header',
      table.countField,
      l10n.t(
        'The file declares {0} {1} headers, but no place for them (their offset is 0). None were read.',
        table.count,
        name,
      ),
    );
    return false;
  }
  if (table.offset >= BigInt(source.size)) {
    report(
      'truncated',
      table.countField,
      l10n.t(
        'The {0} headers are said to begin at offset {1}, but the file has only {2} bytes.',
        name,
        hex(table.offset),
        integer(source.size),
      ),
    );
    return false;
  }
  return true;
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
      const others = count > 1 ? ` ${l10n.t('Further headers that do: {0}.', count - 1)}` : '';
      report(
        'truncated',
        tableOffset + index * entrySize,
        l10n.t(
          'The file ends too early: {0} header {1} claims bytes {2} to {3}, and there are only {4}.',
          name,
          index,
          integer(offset),
          integer(offset + size),
          integer(fileSize),
        ) + others,
      );
    },
  };
}
