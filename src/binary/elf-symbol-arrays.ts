import { entryKind, type entryLayout, STB_LOCAL, STT } from './elf-symbol-entry.js';

/**
 * Symbols as arrays of numbers, some 32 bytes for each, hashed by name: an object for each of a
 * million would take ten times that.
 */
export interface SymbolArrays {
  /** Takes the symbols of whole entries; returns how many of these are nonsense. */
  add(entries: DataView): number;
  /** Makes the symbols be found by name, once all are there. */
  link(): void;
  count(): number;
  address(index: number): bigint;
  size(index: number): number;
  section(index: number): number;
  type(index: number): number;
  /** Offset in the names. */
  name(index: number): number;
  /** Where the name of the source file is that a local symbol belongs to. */
  file(index: number): number | undefined;
  /** The symbols of a name, at most so many. */
  lookup(name: Uint8Array, most: number): number[];
  /** The symbols with a size that lie on the pages from `first` to before `end`, at most so many. */
  onPages(first: number, end: number, pageSize: number, most: number): number[];
}

/** Bytes of a name that are hashed: a million names may all be the same 64 KiB. */
const HASHED = 256;
/** Symbols to a chain: with fewer, the starts of a million chains no longer fit a processor's cache. */
const PER_CHAIN = 4;
const NONE = 0xffffffff;

/**
 * @param names the table of their names
 * @param sectionCount how many sections there are
 * @param most how many symbols are added at most
 */
export function symbolArrays(
  layout: ReturnType<typeof entryLayout>,
  names: Uint8Array,
  sectionCount: number,
  most: number,
): SymbolArrays {
  const { littleEndian, low: lowHalf, high: highHalf } = layout;
  // Addresses in halves: an array of bigint makes an object of each that is looked at.
  const low = new Uint32Array(most);
  const high = new Uint32Array(most);
  const sizes = new Float64Array(most);
  const nameAt = new Uint32Array(most);
  const sections = new Uint16Array(most);
  const infos = new Uint8Array(most);
  // Those of the same hash are a chain, which `heads` begins.
  const heads = new Uint32Array(2 ** Math.ceil(Math.log2(most / PER_CHAIN + 1))).fill(NONE);
  const next = new Uint32Array(most);
  const files: { readonly from: number; readonly name: number }[] = [];
  let count = 0;
  const bucketOf = (bytes: Uint8Array, start: number) => hash(bytes, start) & (heads.length - 1);
  const type = (index: number) => (infos[index] as number) & 0xf;

  return {
    // One loop of plain numbers: with a call for each entry or field it takes twice as long.
    add(entries) {
      let wild = 0;
      for (let at = 0; at + layout.bytes <= entries.byteLength; at += layout.bytes) {
        const name = entries.getUint32(at + layout.name, littleEndian);
        const info = entries.getUint8(at + layout.info);
        const section = entries.getUint16(at + layout.section, littleEndian);
        const kind = entryKind(name, info & 0xf, section, names.length, sectionCount);
        if (kind === 'wild') wild++;
        if (kind === 'file') files.push({ from: count, name });
        if (kind !== 'symbol') continue;
        low[count] = entries.getUint32(at + layout.value + lowHalf, littleEndian);
        sizes[count] = entries.getUint32(at + layout.size + lowHalf, littleEndian);
        if (highHalf !== undefined) {
          high[count] = entries.getUint32(at + layout.value + highHalf, littleEndian);
          sizes[count] =
            (sizes[count] as number) +
            entries.getUint32(at + layout.size + highHalf, littleEndian) * 2 ** 32;
        }
        nameAt[count] = name;
        sections[count] = section;
        infos[count] = info;
        count++;
      }
      return wild;
    },
    link() {
      for (let index = 0; index < count; index++) {
        const bucket = bucketOf(names, nameAt[index] as number);
        next[index] = heads[bucket] as number;
        heads[bucket] = index;
      }
    },
    count: () => count,
    address: (index) => (BigInt(high[index] as number) << 32n) | BigInt(low[index] as number),
    size: (index) => sizes[index] as number,
    section: (index) => sections[index] as number,
    type,
    name: (index) => nameAt[index] as number,
    file: (index) =>
      (infos[index] as number) >> 4 === STB_LOCAL
        ? files.findLast(({ from }) => from <= index)?.name
        : undefined,
    lookup(name, atMost) {
      const found: number[] = [];
      let index = heads[bucketOf(name, 0)] as number;
      for (; index !== NONE && found.length < atMost; index = next[index] as number) {
        if (isName(names, nameAt[index] as number, name)) found.push(index);
      }
      return found.reverse(); // chains run from the last of the table to the first
    },
    onPages(first, end, pageSize, atMost) {
      const found: number[] = [];
      // In halves, too: of an address itself a double may not have the last bits, but of a distance.
      const perHigh = 2 ** 32 / pageSize;
      const firstHigh = Math.floor(first / perHigh);
      const firstLow = (first % perHigh) * pageSize;
      const span = (end - first) * pageSize;
      for (let index = 0; index < count && found.length < atMost; index++) {
        const into =
          ((high[index] as number) - firstHigh) * 2 ** 32 + (low[index] as number) - firstLow;
        if (into >= span) continue;
        const size = sizes[index] as number;
        if (size > 0 && into + size > 0 && type(index) !== STT.TLS) found.push(index);
      }
      return found;
    },
  };
}

/** FNV-1a of a name's first bytes, two at a time: its steps wait for each other. */
function hash(bytes: Uint8Array, start: number): number {
  const end = Math.min(bytes.length, start + HASHED);
  let value = 0x811c9dc5;
  for (let at = start; at < end; at += 2) {
    const first = bytes[at] as number;
    if (first === 0) break;
    const second = bytes[at + 1] ?? 0;
    value = Math.imul(value ^ (first | (second << 8)), 0x01000193);
    if (second === 0) break;
  }
  // The lower bits choose the chain; the upper ones are the better mixed.
  return value ^ (value >>> 15);
}

/** Whether the string that begins at a place of the names, and ends there with NUL, is `name`. */
function isName(names: Uint8Array, start: number, name: Uint8Array): boolean {
  if (names[start + name.length] !== 0) return false;
  for (let i = 0; i < name.length; i++) if (names[start + i] !== name[i]) return false;
  return true;
}
