import * as l10n from '@vscode/l10n';
import type { Binary, Segment } from './binary.js';
import type { Report } from './diagnostic.js';
import { type FileRange, fileRange } from './elf-addresses.js';
import { type Copy, copiedPages, MAX_COPIES } from './elf-copy-relocations.js';
import { DT, type DynamicTable } from './elf-dynamic.js';
import { entryDecoder, type RelocationFormat, relrDecoder } from './elf-relocation-entries.js';
import { pageCollector } from './page-set.js';
import type { ByteSource } from './source.js';

/** Bytes read of all relocation tables of one object. The largest seen, Chromium's, has some 15 MB. */
const MAX_RELOCATIONS = 64 << 20;
/** Runs of pages that are kept: with one on every other page, that table would have millions. */
const MAX_RUNS = 1 << 16;
/** Bytes read at a time, a multiple of every entry size (4, 8, 12, 16, 24). */
const CHUNK = 48 << 10;
/** Where they are put: tens of megabytes go through, and new memory for each part takes longer than reading it. */
const chunk = new Uint8Array(CHUNK);

/** Pages that relocation writes to. */
export type RelocatedPages = Pick<Binary, 'relocated' | 'relocatedWhenFixed'>;

/** The relocation tables of an object, as far as they are read. */
interface Tables {
  readonly source: ByteSource;
  readonly segments: readonly Segment[];
  readonly dynamic: DynamicTable;
  readonly report: Report;
  /** Bytes that may still be read. */
  left: number;
}

/**
 * The pages that relocation writes to: every target of REL, RELA, JMPREL and RELR, of every type
 * (the dynamic loader writes there before the program runs, lazily bound slots included, since it
 * adds the load address to them), and all of a variable that COPY fetches from a library.
 */
export function readRelocatedPages(
  source: ByteSource,
  format: RelocationFormat,
  segments: readonly Segment[],
  dynamic: DynamicTable,
  report: Report,
): RelocatedPages {
  const all = pageCollector();
  const whenFixed = pageCollector();
  const add = (page: number, relative = false) => {
    all.add(page);
    if (!relative) whenFixed.add(page);
  };
  const copies: Copy[] = [];
  const word = format.class / 8;
  const entries = (words: number) =>
    entryDecoder(format, words * word, add, (copy) => {
      if (copies.length < MAX_COPIES) copies.push(copy);
    });
  const pltWords = dynamic.value(DT.PLTREL) === BigInt(DT.RELA) ? 3 : 2;
  const tables: Tables = { source, segments, dynamic, report, left: MAX_RELOCATIONS };
  eachChunk(tables, 'DT_RELA', [DT.RELA, DT.RELASZ], 3 * word, entries(3));
  eachChunk(tables, 'DT_REL', [DT.REL, DT.RELSZ], 2 * word, entries(2));
  eachChunk(tables, 'DT_JMPREL', [DT.JMPREL, DT.PLTRELSZ], pltWords * word, entries(pltWords));
  eachChunk(tables, 'DT_RELR', [DT.RELR, DT.RELRSZ], word, relrDecoder(format, all.add));
  if (copies.length === MAX_COPIES) {
    report(
      'limit',
      dynamic.offset,
      l10n.t(
        'Of the COPY relocations only the first {0} were followed. More pages may be written than are counted.',
        MAX_COPIES,
      ),
    );
  }
  copiedPages(source, format, segments, dynamic, copies, add);
  const relocated = all.pages(MAX_RUNS);
  const relocatedWhenFixed = whenFixed.pages(MAX_RUNS); // fewer pages, but perhaps more runs
  if (!relocated.isWhole || !relocatedWhenFixed.isWhole) {
    report(
      'limit',
      dynamic.offset,
      l10n.t(
        'The pages with relocations lie in more than {0} places; the others were left out. More pages may be written than are counted.',
        MAX_RUNS,
      ),
    );
  }
  return { relocated: relocated.pages, relocatedWhenFixed: relocatedWhenFixed.pages };
}

/** Hands the table that a pair of tags describes to `use`, in chunks of whole entries. */
function eachChunk(
  tables: Tables,
  name: string,
  tags: readonly [address: number, size: number],
  entrySize: number,
  use: (bytes: Uint8Array) => void,
): void {
  const range = rangeOf(tables, name, tags);
  if (!range) return;
  const { source, dynamic, report } = tables;
  const length = Math.min(range.length, tables.left);
  tables.left -= length;
  if (length < range.length) {
    report(
      'limit',
      dynamic.offset,
      l10n.t(
        'Of {0} bytes of relocations ({1}) only the first {2} were read. More pages may be written than are counted.',
        range.length,
        name,
        length,
      ),
    );
  }
  for (let done = 0; done < length; done += CHUNK) {
    const bytes = source.read(range.offset + done, Math.min(CHUNK, length - done), chunk);
    use(bytes.subarray(0, bytes.length - (bytes.length % entrySize)));
    if (bytes.length < CHUNK) return; // the end, or a file that became shorter
  }
}

/** Where a table is in the file, as far as it is; undefined where there is none. */
function rangeOf(
  { source, segments, dynamic, report }: Tables,
  name: string,
  [addressTag, sizeTag]: readonly [address: number, size: number],
): FileRange | undefined {
  const address = dynamic.value(addressTag);
  const size = dynamic.value(sizeTag);
  if (address === undefined || size === undefined || size === 0n) return undefined;
  const range = fileRange(segments, source.size, address, size);
  if (!range || BigInt(range.length) < size) {
    report(
      'bad-relocations',
      dynamic.offset,
      l10n.t(
        'There should be {0} bytes of relocations at address 0x{1} ({2}), but only {3} of them are in the file. More pages may be written than are counted.',
        String(size),
        address.toString(16),
        name,
        range?.length ?? 0,
      ),
    );
  }
  return range;
}
