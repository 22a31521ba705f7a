import * as l10n from '@vscode/l10n';
import { type Section, SHT } from './binary.js';
import type { Report } from './diagnostic.js';
import { atMost } from './fields.js';
import type { ByteSource } from './source.js';
import { stringTable } from './strings.js';

/** Bytes of the name table that are read: in object files it can hold the symbols' names, too. */
const MAX_NAME_TABLE = 32 << 20;
/** Characters kept of one name, and of all of them together. */
const MAX_NAME = 4096;
const MAX_NAMES_TOTAL = 8 << 20;

/** Looks up the name of section `index` by its `sh_name`. */
export type NameLookup = (index: number, offset: number) => string;

/**
 * A look-up of section names in the table that section `table` holds. An unreadable name is empty;
 * the first one is reported.
 *
 * @param headerAt file offset of the header of section `index`
 */
export function sectionNames(
  source: ByteSource,
  table: Pick<Section, 'type' | 'offset' | 'size'>,
  headerAt: (index: number) => number,
  report: Report,
): NameLookup {
  const size = atMost(table.size, MAX_NAME_TABLE);
  const inFile = table.type !== SHT.NOBITS && table.offset < BigInt(source.size);
  const bytes = inFile ? source.read(Number(table.offset), size) : new Uint8Array();
  const nameAt = stringTable(bytes, MAX_NAME);
  let left = MAX_NAMES_TOTAL;
  let reported = false;
  return (index, offset) => {
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
        headerAt(index),
        l10n.t(
          'The name of section {0} should be at offset {1} of the name table (sh_name), but no name is there in its {2} bytes. The section is left without one.',
          index,
          offset,
          bytes.length,
        ),
      );
    } else if (!reported) {
      report(
        'limit',
        headerAt(index),
        l10n.t(
          'The section names add up to more than {0} characters. From section {1} on they are left out.',
          MAX_NAMES_TOTAL,
          index,
        ),
      );
    }
    reported = true;
    return '';
  };
}
