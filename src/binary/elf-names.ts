import type { Section } from './binary.js';
import type { Report } from './diagnostic.js';
import type { ByteSource } from './source.js';
import { stringTable } from './text.js';

/** Bytes of the name table that are read: in object files it can hold the symbols' names, too. */
const MAX_NAME_TABLE = 32 << 20;
/** Characters kept of one name, and of all of them together. */
const MAX_NAME = 4096;
const MAX_NAMES_TOTAL = 8 << 20;

const SHT_NOBITS = 8;

/** Looks up a section's name by `sh_name`; `headerOffset` is where that stands in the file. */
export type NameLookup = (offset: number, headerOffset: number) => string;

/**
 * A look-up of section names in the table that section `table` holds. An unreadable name is empty;
 * the first one is reported.
 */
export function sectionNames(
  source: ByteSource,
  table: Pick<Section, 'type' | 'offset' | 'size'>,
  report: Report,
): NameLookup {
  const size = table.size < BigInt(MAX_NAME_TABLE) ? Number(table.size) : MAX_NAME_TABLE;
  const inFile = table.type !== SHT_NOBITS && table.offset < BigInt(source.size);
  const bytes = inFile ? source.read(Number(table.offset), size) : new Uint8Array();
  const nameAt = stringTable(bytes, MAX_NAME);
  let left = MAX_NAMES_TOTAL;
  let reported = false;
  return (offset, headerOffset) => {
    // An empty table names nothing; offset 0 of it is then no error.
    if (bytes.length === 0 && offset === 0) return '';
    const name = left > 0 ? nameAt(offset) : undefined;
    if (name !== undefined) {
      left -= name.length;
      return name;
    }
    if (!reported && left > 0) {
      report(
        'bad-string',
        headerOffset,
        `sh_name is ${offset}, but no name ends behind that place in the name table of ${bytes.length} bytes. This section has no name here.`,
      );
    } else if (!reported) {
      report(
        'limit',
        headerOffset,
        `The section names add up to more than ${MAX_NAMES_TOTAL} characters; the rest of the sections have none here.`,
      );
    }
    reported = true;
    return '';
  };
}
