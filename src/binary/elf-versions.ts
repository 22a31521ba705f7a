import type { Dynamic, Segment } from './binary.js';
import { fileRange } from './elf-addresses.js';
import { DT, type DynamicTable } from './elf-dynamic.js';
import { type Encoding, type Fields, fieldsOf } from './fields.js';
import type { ByteSource } from './source.js';

/** Bytes read of either table; those of glibc 2.36 have 1,100 to 2,300. */
const MAX_TABLE = 8192;
/** Sizes of Verdef, Verneed and Vernaux, the same in both classes (LSB core, Symbol Versioning). */
const VERDEF = 20;
const VERNEED = 16;
const VERNAUX = 16;
/** Minor versions looked for; glibc adds two a year. */
const MINORS = 100;

/**
 * The highest GLIBC_2.N among the symbol versions an object defines and needs. Versions are known by
 * the hashes stored beside them, as loaders look them up; names are not read. Undefined where there
 * is none, or where a table leads out of the file or of what is read of it.
 */
export function readGlibcVersions(
  source: ByteSource,
  encoding: Encoding,
  segments: readonly Segment[],
  { values }: DynamicTable,
): Pick<Dynamic, 'glibcDefined' | 'glibcNeeded'> {
  const table = (addressTag: number, countTag: number): VersionTable | undefined => {
    const address = values.get(addressTag);
    const count = values.get(countTag);
    if (address === undefined || count === undefined) return undefined;
    const range = fileRange(segments, source.size, address, BigInt(MAX_TABLE));
    return range && { fields: fieldsOf(source.read(range.offset, range.length), encoding), count };
  };
  return {
    glibcDefined: highest(definedHashes(table(DT.VERDEF, DT.VERDEFNUM))),
    glibcNeeded: highest(neededHashes(table(DT.VERNEED, DT.VERNEEDNUM))),
  };
}

interface VersionTable {
  readonly fields: Fields;
  readonly count: bigint;
}

type Hashes = readonly number[] | undefined;

const definedHashes = (table: VersionTable | undefined): Hashes => {
  const entries = table && chain(table.fields, 0, table.count, VERDEF, 16);
  return entries?.map((at) => table?.fields.u32(at + 8) ?? 0);
};

const neededHashes = (table: VersionTable | undefined): Hashes => {
  const files = table && chain(table.fields, 0, table.count, VERNEED, 12);
  if (!table || !files) return undefined;
  const { fields } = table;
  const hashes: number[] = [];
  for (const file of files) {
    const count = BigInt(fields.u16(file + 2));
    const versions = chain(fields, file + fields.u32(file + 8), count, VERNAUX, 12);
    if (!versions || hashes.length > MAX_TABLE / VERNAUX) return undefined;
    hashes.push(...versions.map((at) => fields.u32(at)));
  }
  return hashes;
};

/**
 * Places of entries that each say, at `nextAt`, how far the next one is; forwards only, so that no
 * chain is endless. Undefined where it leaves the table.
 */
function chain(
  fields: Fields,
  first: number,
  count: bigint,
  size: number,
  nextAt: number,
): readonly number[] | undefined {
  const places: number[] = [];
  for (let at = first; places.length < count; ) {
    if (at + size > fields.length) return undefined;
    places.push(at);
    const next = fields.u32(at + nextAt);
    if (next === 0) break;
    if (next < size) return undefined; // entries that overlap are no table
    at += next;
  }
  return places;
}

const MINOR_BY_HASH: ReadonlyMap<number, number> = new Map(
  Array.from({ length: MINORS }, (_, minor) => [hashOf(`GLIBC_2.${minor}`), minor]),
);

function highest(hashes: Hashes): number | undefined {
  const minors = hashes?.map((hash) => MINOR_BY_HASH.get(hash)).filter((n) => n !== undefined);
  return minors?.length ? Math.max(...minors) : undefined;
}

/** The hash of ELF symbol tables (gABI chapter 5, Hash Table). */
function hashOf(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) {
    hash = hash * 16 + name.charCodeAt(i);
    const high = Math.floor(hash / 2 ** 28);
    hash = ((hash % 2 ** 28) ^ (high << 4)) >>> 0;
  }
  return hash;
}
