import * as l10n from '@vscode/l10n';
import {
  type Binary,
  type Dynamic,
  type Machine,
  PT,
  type Section,
  type Segment,
} from './binary.js';
import type { Report } from './diagnostic.js';
import { fileRange } from './elf-addresses.js';
import { atMost, type Encoding, type Fields, fieldsOf } from './fields.js';
import type { ByteSource } from './source.js';
import { stringAt } from './strings.js';

/** Bytes read of PT_DYNAMIC; real ones have some 30 to 100 entries of 8 or 16 bytes. */
const MAX_DYNAMIC = 64 << 10;
/** Longest library name or search path, with its NUL: PATH_MAX. */
const MAX_STRING = 4096;
/** Most names are shorter than this, which is what is read of each first, in bytes. */
const SHORT_STRING = 256;
/** Bytes read for all strings together. */
const MAX_STRINGS = 256 << 10;

/**
 * Tags of the dynamic section (gABI chapter 5; RELR: gABI draft of 2018; GNU_HASH: GNU; RELACOUNT, FLAGS_1, VER*:
 * Solaris, GNU).
 */
export const DT = {
  NEEDED: 1,
  PLTRELSZ: 2,
  HASH: 4,
  STRTAB: 5,
  SYMTAB: 6,
  RELA: 7,
  RELASZ: 8,
  RELAENT: 9,
  STRSZ: 10,
  SYMENT: 11,
  INIT: 12,
  SONAME: 14,
  RPATH: 15,
  REL: 17,
  RELSZ: 18,
  RELENT: 19,
  PLTREL: 20,
  JMPREL: 23,
  INIT_ARRAYSZ: 27,
  RUNPATH: 29,
  RELRSZ: 35,
  RELR: 36,
  RELRENT: 37,
  GNU_HASH: 0x6ffffef5,
  RELACOUNT: 0x6ffffff9,
  FLAGS_1: 0x6ffffffb,
  VERDEF: 0x6ffffffc,
  VERDEFNUM: 0x6ffffffd,
  VERNEED: 0x6ffffffe,
  VERNEEDNUM: 0x6fffffff,
} as const;
/** Of DT_FLAGS_1 (glibc's elf/elf.h). */
const DF_1_PIE = 0x08000000n;

/** The entries of PT_DYNAMIC. */
export interface DynamicTable {
  readonly address: bigint;
  /** File offset of the first entry, for diagnostics. */
  readonly offset: number;
  /** The value of a tag that occurs once. */
  value(tag: number): bigint | undefined;
  /** That of each DT_NEEDED. */
  readonly needed: readonly bigint[];
}

/** Reads PT_DYNAMIC up to DT_NULL; undefined for a static program. */
export function readDynamicTable(
  source: ByteSource,
  encoding: Encoding,
  segments: readonly Segment[],
  report: Report,
): DynamicTable | undefined {
  const segment = segments.find((s) => s.type === PT.DYNAMIC);
  if (!segment) return undefined;
  const word = encoding.class / 8;
  const size = atMost(segment.fileSize, MAX_DYNAMIC);
  const offset = atMost(segment.offset, source.size);
  const fields = fieldsOf(source.read(offset, size), encoding);
  const count = Math.floor(fields.length / (2 * word));
  const tags = tagsOf(fields, encoding, count);
  const valueAt = (index: number) => fields.word(index * 2 * word + word);
  if (tags.length === count) {
    report(
      'bad-dynamic',
      offset,
      l10n.t(
        'No DT_NULL ends the dynamic section in the {0} bytes of it that were read; the entries before that were used.',
        fields.length,
      ),
    );
  }
  const needed: bigint[] = [];
  for (let i = 0; i < tags.length; i++) if (tags[i] === DT.NEEDED) needed.push(valueAt(i));
  const value = (tag: number) => {
    const index = tags.lastIndexOf(tag);
    return index < 0 ? undefined : valueAt(index);
  };
  return { address: segment.address, offset, value, needed };
}

/** The tags in front of DT_NULL; those that do not fit 32 bits, which nobody asks for, as -1. */
function tagsOf(fields: Fields, { class: width, littleEndian }: Encoding, count: number): number[] {
  const wide = width === 64;
  const step = wide ? 16 : 8;
  const low = wide && !littleEndian ? 4 : 0;
  const tags: number[] = [];
  for (let i = 0; i < count; i++) {
    const tag = fields.u32(i * step + low);
    const fits = !wide || fields.u32(i * step + 4 - low) === 0;
    if (tag === 0 && fits) break;
    tags.push(fits ? tag : -1);
  }
  return tags;
}

/** Looks up the strings of a dynamic table and the flags that matter here. */
export function resolveDynamic(
  source: ByteSource,
  segments: readonly Segment[],
  table: DynamicTable,
  report: Report,
): Omit<Dynamic, 'glibcDefined' | 'glibcNeeded' | 'versionIndex' | 'uniqueReferences'> {
  const strings = stringReader(source, segments, table.value(DT.STRTAB));
  let reported = false;
  const text = (value: bigint | undefined): string | undefined => {
    if (value === undefined) return undefined;
    const found = strings(value);
    if (found === undefined && !reported) {
      reported = true;
      report(
        'bad-string',
        table.offset,
        l10n.t(
          'A library or path of the dynamic section should be at offset {0} of its string table (DT_STRTAB), but no string of less than {1} bytes is there. It was left out.',
          String(value),
          MAX_STRING,
        ),
      );
    }
    return found;
  };
  const needed = table.needed.map(text).filter((name) => name !== undefined);
  return {
    address: table.address,
    needed,
    unreadNeeded: table.needed.length - needed.length,
    soname: text(table.value(DT.SONAME)),
    rpath: text(table.value(DT.RPATH)),
    runpath: text(table.value(DT.RUNPATH)),
    pie: isPie(table),
  };
}

/** Whether the object says that it is an executable, though its type says shared object. */
export const isPie = (table: DynamicTable): boolean =>
  ((table.value(DT.FLAGS_1) ?? 0n) & DF_1_PIE) !== 0n;

/**
 * Bytes of .init that start files bring along at most: glibc's crti and crtn for x86-64 have 23, and 27 where they mark
 * targets of indirect jumps. A call more is of the object's own.
 */
const START_FILES_INIT: Partial<Record<Machine, bigint>> = { 'x86-64': 27n };

/**
 * Whether functions of its own run when it is loaded: DT_INIT_ARRAY has more than the one that
 * start files bring along (GCC's and LLVM's crtbegin), .init has code besides theirs, or there is
 * only DT_INIT, which in older objects calls them all, and nothing tells how long it is.
 */
export function hasInitialisers(
  table: DynamicTable,
  { class: width, machine }: Pick<Binary, 'class' | 'machine'>,
  sections: readonly Section[],
): boolean {
  const bytes = table.value(DT.INIT_ARRAYSZ);
  if (bytes !== undefined && bytes > BigInt(width / 8)) return true;
  const ofStartFiles = START_FILES_INIT[machine];
  const init = sections.find(({ name }) => name === '.init');
  if (init && ofStartFiles !== undefined) return init.size > ofStartFiles;
  return bytes === undefined && table.value(DT.INIT) !== undefined;
}

/** String tables hold every symbol's name too, megabytes of them: only the one string is read. */
function stringReader(source: ByteSource, segments: readonly Segment[], table: bigint | undefined) {
  let left = MAX_STRINGS;
  return (offset: bigint): string | undefined => {
    if (table === undefined) return undefined;
    for (const length of [SHORT_STRING, MAX_STRING]) {
      const range = fileRange(segments, source.size, table + offset, BigInt(length));
      if (!range || range.length > left) return undefined;
      left -= range.length;
      const text = stringAt(source.read(range.offset, range.length), 0, MAX_STRING);
      if (text !== undefined) return text;
    }
    return undefined;
  };
}
