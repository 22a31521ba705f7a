import type { Machine, PageSet, Segment } from './binary.js';
import type { Report } from './diagnostic.js';
import { fileRange } from './elf-addresses.js';
import { DT, type DynamicTable } from './elf-dynamic.js';
import { type Encoding, fieldsOf } from './fields.js';
import { PAGE_SET_SHIFT, pageCollector } from './page-set.js';
import type { ByteSource } from './source.js';

/** Bytes read of all relocation tables of one object. The largest seen, Chromium's, has some 15 MB. */
const MAX_RELOCATIONS = 64 << 20;
/** Bytes read at a time, a multiple of every entry size (8, 12, 16, 24). */
const CHUNK = 48 << 10;

/** The relocation type that copies a library's variable into the program: it writes st_size bytes. */
const COPY: Partial<Record<Machine, number>> = {
  i386: 5,
  'x86-64': 5,
  arm: 20,
  arm64: 1024,
  riscv: 4,
  s390x: 9,
  ppc: 19,
  ppc64: 19,
  sparc: 19,
  sparcv9: 19,
  mips: 126,
  m68k: 19,
  sh: 162,
  loongarch: 4,
};

/**
 * The pages that relocation writes to: every target of REL, RELA, JMPREL and RELR, of every type
 * (the dynamic loader writes there before the program runs, lazily bound slots included, since it
 * adds the load address to them).
 */
export function readRelocatedPages(
  source: ByteSource,
  object: Encoding & { readonly machine: Machine },
  segments: readonly Segment[],
  table: DynamicTable,
  report: Report,
): PageSet {
  const collector = pageCollector();
  const { values } = table;
  let budget = MAX_RELOCATIONS;

  /** Calls `use` with each whole chunk of the table a pair of tags describes. */
  const eachChunk = (
    name: string,
    addressTag: number,
    sizeTag: number,
    entrySize: number,
    use: (bytes: Uint8Array) => void,
  ) => {
    const address = values.get(addressTag);
    const size = values.get(sizeTag);
    if (address === undefined || size === undefined || size === 0n) return;
    const range = fileRange(segments, source.size, address, size);
    if (!range || BigInt(range.length) < size) {
      report(
        'bad-relocations',
        table.offset,
        `${name} says ${size} bytes at address 0x${address.toString(16)}; ${range?.length ?? 0} of them are in the file.`,
      );
      if (!range) return;
    }
    const length = Math.min(range.length, budget);
    if (length < range.length) {
      report(
        'limit',
        table.offset,
        `${name} has ${range.length} bytes; the first ${length} were read, so more pages may be written than are shown.`,
      );
    }
    budget -= length;
    for (let done = 0; done < length; done += CHUNK) {
      const bytes = source.read(range.offset + done, Math.min(CHUNK, length - done));
      use(bytes.subarray(0, bytes.length - (bytes.length % entrySize)));
      if (bytes.length < CHUNK) return; // the end, or a file that became shorter
    }
  };

  const word = object.class / 8;
  const copySize = copySizes(source, object, segments, values);
  const entries = (entrySize: number) => (bytes: Uint8Array) =>
    addTargets(bytes, object, entrySize, collector.add, copySize);

  eachChunk('DT_RELA', DT.RELA, DT.RELASZ, 3 * word, entries(3 * word));
  eachChunk('DT_REL', DT.REL, DT.RELSZ, 2 * word, entries(2 * word));
  const pltWords = values.get(DT.PLTREL) === BigInt(DT.RELA) ? 3 : 2;
  eachChunk('DT_JMPREL', DT.JMPREL, DT.PLTRELSZ, pltWords * word, entries(pltWords * word));
  const relr = relrDecoder(object, collector.add);
  eachChunk('DT_RELR', DT.RELR, DT.RELRSZ, word, relr);
  return collector.pages();
}

/** The page numbers of `r_offset` of each entry; done in two 32-bit halves, as bigint is slow here. */
function addTargets(
  bytes: Uint8Array,
  { class: width, littleEndian, machine }: Encoding & { readonly machine: Machine },
  entrySize: number,
  add: (page: number) => void,
  copySize: (symbol: number) => number,
) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = width === 64;
  const [lowAt, highAt] = littleEndian ? [0, 4] : [4, 0];
  const copy = COPY[machine];
  for (let at = 0; at < bytes.length; at += entrySize) {
    const low = view.getUint32(at + (wide ? lowAt : 0), littleEndian);
    const high = wide ? view.getUint32(at + highAt, littleEndian) : 0;
    const info = view.getUint32(at + (wide ? 8 + lowAt : 4), littleEndian);
    const type = wide ? info : info & 0xff;
    if (type === 0) continue; // R_*_NONE on every machine
    const page = high * 2 ** (32 - PAGE_SET_SHIFT) + (low >>> PAGE_SET_SHIFT);
    add(page);
    if (type !== copy) continue;
    const symbol = wide ? view.getUint32(at + 8 + highAt, littleEndian) : info >>> 8;
    const last = (low & (2 ** PAGE_SET_SHIFT - 1)) + copySize(symbol) - 1;
    for (let i = 1; i <= last >>> PAGE_SET_SHIFT; i++) add(page + i);
  }
}

/** Looks up st_size of a dynamic symbol, bytes; 1 where it cannot be read. At most 16 MiB. */
function copySizes(
  source: ByteSource,
  encoding: Encoding,
  segments: readonly Segment[],
  values: ReadonlyMap<number, bigint>,
): (symbol: number) => number {
  const table = values.get(DT.SYMTAB);
  const wide = encoding.class === 64;
  const entrySize = wide ? 24 : 16;
  return (symbol) => {
    if (table === undefined) return 1;
    const at = table + BigInt(symbol * entrySize);
    const range = fileRange(segments, source.size, at, BigInt(entrySize));
    if (!range || range.length < entrySize) return 1;
    const fields = fieldsOf(source.read(range.offset, entrySize), encoding);
    if (fields.length < entrySize) return 1;
    const size = wide ? fields.u64(16) : fields.word(8);
    return Math.max(1, Number(size > 0x1000000n ? 0x1000000n : size));
  };
}

/**
 * RELR: an even word is an address to relocate; an odd word is a bitmap of which of the next 31 or
 * 63 words are. The position carries over from chunk to chunk.
 */
function relrDecoder({ class: width, littleEndian }: Encoding, add: (page: number) => void) {
  const word = width / 8;
  let next = 0n;
  return (bytes: Uint8Array) => {
    const fields = fieldsOf(bytes, { class: width, littleEndian });
    for (let at = 0; at < bytes.length; at += word) {
      const entry = fields.word(at);
      if ((entry & 1n) === 0n) {
        add(Number(entry >> BigInt(PAGE_SET_SHIFT)));
        next = entry + BigInt(word);
        continue;
      }
      for (let bits = entry >> 1n, where = next; bits !== 0n; bits >>= 1n, where += BigInt(word)) {
        if (bits & 1n) add(Number(where >> BigInt(PAGE_SET_SHIFT)));
      }
      next += BigInt((width - 1) * word);
    }
  };
}
