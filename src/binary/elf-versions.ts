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
 * The highest GLIBC_2.N among the symbol versions an object defines and needs, and the highest index of any
 * version. Versions are known by the hashes stored beside them, as loaders look them up; names are not
 * read. Undefined where there is none, or where a table leads out of the file or of what is read of it.
 */
export function readVersions(
  source: ByteSource,
  encoding: Encoding,
  segments: readonly Segment[],
  dynamic: DynamicTable,
): Pick<Dynamic, 'glibcDefined' | 'glibcNeeded' | 'versionIndex'> {
  const table = (addressTag: number, countTag: number): VersionTable | undefined => {
    const address = dynamic.value(addressTag);
    const count = dynamic.value(countTag);
    if (address === undefined || count === undefined) return undefined;
    const range = fileRange(segments, source.size, address, BigInt(MAX_TABLE));
    if (!range) return undefined;
    const fields = fieldsOf(source.read(range.offset, range.length), encoding);
    return { fields, count: Number(count) };
  };
  const defined = highestDefined(table(DT.VERDEF, DT.VERDEFNUM));
  const needed = highestNeeded(table(DT.VERNEED, DT.VERNEEDNUM));
  const indices = [defined?.index, needed?.index].filter((index) => index !== undefined);
  return {
    glibcDefined: defined?.minor,
    glibcNeeded: needed?.minor,
    versionIndex: indices.length > 0 ? Math.max(...indices) : undefined,
  };
}

/** Of a table of versions. */
interface Highest {
  /** N of GLIBC_2.N. */
  readonly minor: number | undefined;
  readonly index: number;
}

/** The topmost bit of an index says that the version is hidden. */
const INDEX = 0x7fff;

interface VersionTable {
  readonly fields: Fields;
  readonly count: number;
}

function highestDefined(table: VersionTable | undefined): Highest | undefined {
  if (!table) return undefined;
  const { fields, count } = table;
  let minor: number | undefined;
  let index = 0;
  const whole = eachEntry(fields, 0, count, VERDEF, 16, (at) => {
    minor = higher(minor, fields.u32(at + 8));
    index = Math.max(index, fields.u16(at + 4) & INDEX);
    return true;
  });
  return whole ? { minor, index } : undefined;
}

function highestNeeded(table: VersionTable | undefined): Highest | undefined {
  if (!table) return undefined;
  const { fields, count } = table;
  let minor: number | undefined;
  let index = 0;
  let seen = 0;
  const version = (at: number) => {
    minor = higher(minor, fields.u32(at));
    index = Math.max(index, fields.u16(at + 6) & INDEX);
    return ++seen > 0;
  };
  const whole = eachEntry(fields, 0, count, VERNEED, 12, (file) => {
    if (seen > MAX_TABLE / VERNAUX) return false; // files that have their versions in common
    const first = file + fields.u32(file + 8);
    return eachEntry(fields, first, fields.u16(file + 2), VERNAUX, 12, version);
  });
  return whole ? { minor, index } : undefined;
}

/**
 * Visits entries that each say, at `nextAt`, how far the next one is; forwards only, so that no
 * chain is endless. False where it leaves the table, or a visit does not succeed.
 */
function eachEntry(
  fields: Fields,
  first: number,
  count: number,
  size: number,
  nextAt: number,
  visit: (at: number) => boolean,
): boolean {
  let at = first;
  for (let i = 0; i < count; i++) {
    if (at + size > fields.length || !visit(at)) return false;
    const next = fields.u32(at + nextAt);
    if (next === 0) return true;
    if (next < size) return false; // entries that overlap are no table
    at += next;
  }
  return true;
}

const MINOR_BY_HASH: ReadonlyMap<number, number> = new Map(
  Array.from({ length: MINORS }, (_, minor) => [hashOf(`GLIBC_2.${minor}`), minor]),
);

/** The higher of a minor version and the one that a hash stands for. */
function higher(highest: number | undefined, hash: number): number | undefined {
  const minor = MINOR_BY_HASH.get(hash);
  return minor === undefined || (highest !== undefined && highest > minor) ? highest : minor;
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
