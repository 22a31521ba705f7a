/**
 * Writes ELF images for tests and fixtures, sound or hostile: every field can be given, and what is
 * not given gets the value a linker would choose. It shares no code with the reader it tests.
 */

/** `e_machine` and `e_type` (gABI chapter 4 and its registry). */
export const EM_386 = 3;
export const EM_MIPS = 8;
export const EM_X86_64 = 62;
export const EM_AARCH64 = 183;
export const ET_REL = 1;
export const ET_EXEC = 2;
export const ET_DYN = 3;
export const ET_CORE = 4;

/** A field's value; any number of bits, cut to the field's width when it is written. */
export type Word = bigint | number;

export interface ImageSpec {
  readonly class: 32 | 64;
  /** Default true. */
  readonly littleEndian?: boolean;
  /** `e_type`; default ET_EXEC (2). */
  readonly type?: number;
  readonly machine: number;
  readonly osAbi?: number;
  readonly entry?: Word;
  /** `e_flags` */
  readonly flags?: number;
  readonly segments?: readonly SegmentSpec[];
  /** Section 0 is added in front of these, the section of their names after them. */
  readonly sections?: readonly SectionSpec[];
  /** Writes no section table, as `strip --strip-section-headers` does. */
  readonly noSectionTable?: boolean;
  /** Writes the counts the way files with over 65,279 sections have to: in section header 0. */
  readonly extendedNumbering?: boolean;

  // Any of the following adds a PT_LOAD that holds it, behind the other segments in memory.
  /** PT_INTERP */
  readonly interpreter?: string;
  /** PT_NOTE */
  readonly notes?: readonly NoteSpec[];
  /** PT_DYNAMIC; present also when it is empty. */
  readonly dynamic?: DynamicSpec;
  /** Address of that PT_LOAD; default: the first free page. */
  readonly extrasAddress?: Word;
  /** Its flags; default 6 (RW). */
  readonly extrasFlags?: number;
}

export interface SegmentSpec {
  /** `p_type`; default PT_LOAD (1). */
  readonly type?: number;
  /** R 4, W 2, X 1; default 4. */
  readonly flags?: number;
  /**
   * Default: with `content`, the next free offset congruent to the address; else where the address
   * lies in a PT_LOAD's file bytes.
   */
  readonly offset?: Word;
  readonly address?: Word;
  /** Default: the address. */
  readonly physicalAddress?: Word;
  /** Default: the length of `content`. The file is filled up to it where that is below 16 MiB. */
  readonly fileSize?: Word;
  /** Default: `fileSize`. */
  readonly memorySize?: Word;
  /** Default 4096 of a PT_LOAD, else 1. */
  readonly align?: Word;
  readonly content?: Bytes;
}

export interface SectionSpec {
  /** Text is stored as UTF-8; bytes as they are, for names that are not. */
  readonly name: string | Uint8Array;
  /** `sh_type`; default SHT_PROGBITS (1). */
  readonly type?: number;
  readonly flags?: Word;
  readonly address?: Word;
  /** Default: where the address lies in a PT_LOAD, else the end of the file. */
  readonly offset?: Word;
  /** Default: the length of `content`. */
  readonly size?: Word;
  readonly content?: Bytes;
  readonly link?: number;
  readonly info?: number;
  /** Default 1. */
  readonly align?: Word;
  readonly entrySize?: Word;
}

export interface NoteSpec {
  readonly owner: string;
  readonly type: number;
  readonly descriptor: Bytes;
}

export interface DynamicSpec {
  readonly needed?: readonly string[];
  readonly soname?: string;
  readonly rpath?: string;
  readonly runpath?: string;
  /** DT_FLAGS_1: 0x08000000 marks a PIE. */
  readonly flags1?: Word;
  readonly rela?: readonly RelocationSpec[];
  readonly rel?: readonly RelocationSpec[];
  /** Stored with addends in 64-bit files, without in 32-bit ones. */
  readonly jmprel?: readonly RelocationSpec[];
  /** Addresses, ascending; packed by the builder. */
  readonly relr?: readonly bigint[];
  /** Symbols from number 1 on. */
  readonly symbols?: readonly SymbolSpec[];
  /** More entries, [tag, value], after the others and before DT_NULL. */
  readonly entries?: readonly (readonly [tag: Word, value: Word])[];
}

export interface RelocationSpec {
  readonly offset: Word;
  readonly type?: number;
  readonly symbol?: number;
  readonly addend?: Word;
}

export interface SymbolSpec {
  readonly name: string;
  readonly address?: Word;
  readonly size?: Word;
  /** `st_shndx`; default SHN_UNDEF. */
  readonly section?: number;
  /** `st_info`; default STB_GLOBAL, STT_OBJECT. */
  readonly info?: number;
}

type Bytes = Uint8Array | readonly number[];

/** A field of a header in an image: what a test changes to see what the reader does. */
export interface HeaderField {
  /** As in the ELF documents, with the header's number: `e_phoff`, `p_offset of segment 2`. */
  readonly name: string;
  readonly offset: number;
  /** In bytes. */
  readonly width: 1 | 2 | 4 | 8;
}

type Schema = readonly (readonly [name: string, width: 1 | 2 | 4 | 8])[];
type Values = Readonly<Record<string, Word>>;
interface Encoding {
  readonly class: 32 | 64;
  readonly littleEndian: boolean;
}

const PAGE = 4096;
/** A segment may claim petabytes; up to here the claim is made true. */
const MAX_FILL = 1 << 24;

/** `p_type` */
const PT = { LOAD: 1, DYNAMIC: 2, INTERP: 3, NOTE: 4 } as const;
/** `sh_type` */
const SHT = { PROGBITS: 1, STRTAB: 3, NOBITS: 8 } as const;
/** `d_tag` */
const DT = {
  NULL: 0,
  NEEDED: 1,
  PLTRELSZ: 2,
  STRTAB: 5,
  SYMTAB: 6,
  RELA: 7,
  RELASZ: 8,
  RELAENT: 9,
  STRSZ: 10,
  SYMENT: 11,
  SONAME: 14,
  RPATH: 15,
  REL: 17,
  RELSZ: 18,
  RELENT: 19,
  PLTREL: 20,
  JMPREL: 23,
  RUNPATH: 29,
  RELRSZ: 35,
  RELR: 36,
  RELRENT: 37,
  FLAGS_1: 0x6ffffffb,
} as const;

const XNUM = 0xffff; // SHN_XINDEX and PN_XNUM: "see section header 0"

// ---- the structures of gABI chapters 4 and 5, as lists of fields ---------------------------------

const IDENT: Schema = [
  ['ei_mag0', 1],
  ['ei_mag1', 1],
  ['ei_mag2', 1],
  ['ei_mag3', 1],
  ['ei_class', 1],
  ['ei_data', 1],
  ['ei_version', 1],
  ['ei_osabi', 1],
  ['ei_abiversion', 1],
  ...Array.from({ length: 7 }, (_, i) => [`ei_pad${i}`, 1] as const),
];

function fileHeader(word: 4 | 8): Schema {
  return [
    ...IDENT,
    ['e_type', 2],
    ['e_machine', 2],
    ['e_version', 4],
    ['e_entry', word],
    ['e_phoff', word],
    ['e_shoff', word],
    ['e_flags', 4],
    ['e_ehsize', 2],
    ['e_phentsize', 2],
    ['e_phnum', 2],
    ['e_shentsize', 2],
    ['e_shnum', 2],
    ['e_shstrndx', 2],
  ];
}

function programHeader(word: 4 | 8): Schema {
  const flags = ['p_flags', 4] as const;
  return [
    ['p_type', 4],
    ...(word === 8 ? [flags] : []), // the 64-bit format moved it here, for alignment
    ['p_offset', word],
    ['p_vaddr', word],
    ['p_paddr', word],
    ['p_filesz', word],
    ['p_memsz', word],
    ...(word === 4 ? [flags] : []),
    ['p_align', word],
  ];
}

function sectionHeader(word: 4 | 8): Schema {
  return [
    ['sh_name', 4],
    ['sh_type', 4],
    ['sh_flags', word],
    ['sh_addr', word],
    ['sh_offset', word],
    ['sh_size', word],
    ['sh_link', 4],
    ['sh_info', 4],
    ['sh_addralign', word],
    ['sh_entsize', word],
  ];
}

function symbol(word: 4 | 8): Schema {
  const place: Schema = [
    ['st_value', word],
    ['st_size', word],
  ];
  const kind: Schema = [
    ['st_info', 1],
    ['st_other', 1],
    ['st_shndx', 2],
  ];
  return [['st_name', 4], ...(word === 8 ? [...kind, ...place] : [...place, ...kind])];
}

const note: Schema = [
  ['n_namesz', 4],
  ['n_descsz', 4],
  ['n_type', 4],
];

const wordOf = (encoding: Encoding): 4 | 8 => (encoding.class === 64 ? 8 : 4);
const sizeOf = (schema: Schema): number => schema.reduce((sum, [, width]) => sum + width, 0);

function encode(schema: Schema, values: Values, { littleEndian }: Encoding): Uint8Array {
  const bytes = new Uint8Array(sizeOf(schema));
  let at = 0;
  for (const [name, width] of schema) {
    store(bytes, at, width, values[name] ?? 0, littleEndian);
    at += width;
  }
  return bytes;
}

function store(bytes: Uint8Array, at: number, width: number, value: Word, littleEndian: boolean) {
  let rest = BigInt.asUintN(width * 8, BigInt(value));
  for (let i = 0; i < width; i++, rest >>= 8n) {
    bytes[littleEndian ? at + i : at + width - 1 - i] = Number(rest & 0xffn);
  }
}

function load(bytes: Uint8Array, at: number, width: number, littleEndian: boolean): number {
  let value = 0;
  for (let i = 0; i < width; i++) {
    value = value * 256 + (bytes[littleEndian ? at + width - 1 - i : at + i] ?? 0);
  }
  return value;
}

const words = (values: readonly Word[], encoding: Encoding): Uint8Array =>
  concatenate(
    values.map((value) => encode([['word', wordOf(encoding)]], { word: value }, encoding)),
  );

// ---- building -----------------------------------------------------------------------------------

/** The image of `spec`. The same spec always gives the same bytes. */
export function buildElf(spec: ImageSpec): Uint8Array {
  const encoding = { class: spec.class, littleEndian: spec.littleEndian ?? true };
  const word = wordOf(encoding);
  const extras = extraSegments(spec, encoding);
  const specs = [...(spec.segments ?? []), ...extras];
  const file = growingFile();
  file.put(
    0,
    new Uint8Array(sizeOf(fileHeader(word)) + specs.length * sizeOf(programHeader(word))),
  );
  const segments = placeSegments(specs, file);
  const sections = spec.noSectionTable ? undefined : placeSections(spec, segments, file);
  const sectionTable = sections ? align(file.size(), word) : 0;

  file.put(sizeOf(fileHeader(word)), encodeAll(programHeader(word), segments, encoding));
  if (sections) file.put(sectionTable, encodeAll(sectionHeader(word), sections, encoding));
  const counts = { segments: segments.length, sections: sections?.length ?? 0 };
  file.put(
    0,
    encode(fileHeader(word), headerValues(spec, encoding, counts, sectionTable), encoding),
  );
  return file.bytes();
}

function headerValues(
  spec: ImageSpec,
  encoding: Encoding,
  counts: { segments: number; sections: number },
  sectionTable: number,
): Values {
  const word = wordOf(encoding);
  const extended = spec.extendedNumbering && counts.sections > 0;
  return {
    ei_mag0: 0x7f,
    ei_mag1: 0x45,
    ei_mag2: 0x4c,
    ei_mag3: 0x46,
    ei_class: encoding.class === 64 ? 2 : 1,
    ei_data: encoding.littleEndian ? 1 : 2,
    ei_version: 1,
    ei_osabi: spec.osAbi ?? 0,
    e_type: spec.type ?? 2,
    e_machine: spec.machine,
    e_version: 1,
    e_entry: spec.entry ?? 0,
    e_phoff: counts.segments > 0 ? sizeOf(fileHeader(word)) : 0,
    e_shoff: sectionTable,
    e_flags: spec.flags ?? 0,
    e_ehsize: sizeOf(fileHeader(word)),
    e_phentsize: sizeOf(programHeader(word)),
    e_phnum: extended && counts.segments > 0 ? XNUM : counts.segments,
    e_shentsize: sizeOf(sectionHeader(word)),
    e_shnum: extended ? 0 : counts.sections,
    e_shstrndx: extended ? XNUM : Math.max(0, counts.sections - 1),
  };
}

const encodeAll = (schema: Schema, all: readonly Values[], encoding: Encoding) =>
  concatenate(all.map((values) => encode(schema, values, encoding)));

function placeSegments(specs: readonly SegmentSpec[], file: GrowingFile): Values[] {
  const placed = specs.map((spec) => (locates(spec) ? placeSegment(spec, file) : undefined));
  const loads = placed.filter((segment) => segment !== undefined);
  return specs.map(
    (spec, i) => placed[i] ?? segmentValues(spec, offsetIn(loads, spec.address) ?? 0n),
  );
}

/** Whether a segment says where its bytes are, rather than lying in another one. */
const locates = (spec: SegmentSpec) => spec.offset !== undefined || spec.content !== undefined;

function placeSegment(spec: SegmentSpec, file: GrowingFile): Values {
  const offset = BigInt(spec.offset ?? congruent(file.size(), spec));
  const values = segmentValues(spec, offset);
  if (spec.content) file.put(Number(offset), spec.content);
  const end = offset + BigInt(values.p_filesz ?? 0);
  if (end <= BigInt(MAX_FILL)) file.fill(Number(end));
  return values;
}

function segmentValues(spec: SegmentSpec, offset: bigint): Values {
  const fileSize = spec.fileSize ?? spec.content?.length ?? 0;
  return {
    p_type: spec.type ?? PT.LOAD,
    p_flags: spec.flags ?? 4,
    p_offset: offset,
    p_vaddr: spec.address ?? 0,
    p_paddr: spec.physicalAddress ?? spec.address ?? 0,
    p_filesz: fileSize,
    p_memsz: spec.memorySize ?? fileSize,
    p_align: alignOf(spec),
  };
}

const alignOf = (spec: SegmentSpec): Word =>
  spec.align ?? ((spec.type ?? PT.LOAD) === PT.LOAD ? PAGE : 1);

/** The first offset from `from` on that mmap can map at the segment's address. */
function congruent(from: number, spec: SegmentSpec): bigint {
  const unit = BigInt(alignOf(spec)) || 1n;
  const start = BigInt(from);
  const ahead = (BigInt(spec.address ?? 0) - start) % unit;
  return start + (ahead < 0n ? ahead + unit : ahead);
}

/** Where in the file the byte at `address` is, by the PT_LOADs; NOBITS lie behind their file bytes. */
function offsetIn(segments: readonly Values[], address: Word | undefined): bigint | undefined {
  if (!address) return undefined;
  for (const { p_type, p_vaddr = 0, p_memsz = 0, p_offset = 0 } of segments) {
    const into = BigInt(address) - BigInt(p_vaddr);
    if (p_type === PT.LOAD && into >= 0n && into <= BigInt(p_memsz)) return BigInt(p_offset) + into;
  }
  return undefined;
}

function placeSections(spec: ImageSpec, segments: readonly Values[], file: GrowingFile): Values[] {
  const names = stringTable();
  const sections = (spec.sections ?? []).map((section) => ({
    sh_name: names.add(section.name),
    ...placeSection(section, segments, file),
  }));
  const sh_name = names.add('.shstrtab');
  const table = { name: '', type: SHT.STRTAB, content: names.bytes() };
  const all = [...sections, { ...placeSection(table, segments, file), sh_name }];
  const count = all.length + 1;
  const first: Values = spec.extendedNumbering
    ? { sh_size: count, sh_link: count - 1, sh_info: segments.length }
    : {};
  return [first, ...all];
}

function placeSection(spec: SectionSpec, segments: readonly Values[], file: GrowingFile): Values {
  const unit = Number(spec.align ?? 1) || 1;
  const atEnd = unit <= PAGE ? align(file.size(), unit) : file.size();
  const offset = spec.offset ?? offsetIn(segments, spec.address) ?? atEnd;
  const type = spec.type ?? SHT.PROGBITS;
  if (spec.content && type !== SHT.NOBITS) file.put(Number(offset), spec.content);
  return {
    sh_type: type,
    sh_flags: spec.flags ?? 0,
    sh_addr: spec.address ?? 0,
    sh_offset: offset,
    sh_size: spec.size ?? spec.content?.length ?? 0,
    sh_link: spec.link ?? 0,
    sh_info: spec.info ?? 0,
    sh_addralign: spec.align ?? 1,
    sh_entsize: spec.entrySize ?? 0,
  };
}

// ---- interpreter, notes, dynamic section: one PT_LOAD, and the headers that point into it --------

function extraSegments(spec: ImageSpec, encoding: Encoding): SegmentSpec[] {
  if (spec.interpreter === undefined && !spec.notes && !spec.dynamic) return [];
  const blob = addressedBlob(BigInt(spec.extrasAddress ?? firstFreePage(spec.segments ?? [])));
  const pointers: SegmentSpec[] = [];
  const point = (type: number, content: Uint8Array, unit: number) =>
    pointers.push({
      type,
      address: blob.add(content, unit),
      fileSize: content.length,
      align: unit,
    });
  if (spec.interpreter !== undefined) point(PT.INTERP, zeroTerminated(spec.interpreter), 1);
  if (spec.notes) point(PT.NOTE, encodeNotes(spec.notes, encoding), 4);
  if (spec.dynamic) point(PT.DYNAMIC, encodeDynamic(spec.dynamic, encoding, blob), 8);
  const flags = spec.extrasFlags ?? 6;
  const holder = { flags, address: blob.address, content: blob.bytes() };
  return [...pointers.map((segment) => ({ ...segment, flags })), holder];
}

function firstFreePage(segments: readonly SegmentSpec[]): bigint {
  let end = 0x400000n; // where x86-64 programs begin
  for (const { address = 0, memorySize, fileSize, content } of segments) {
    const after = BigInt(address) + BigInt(memorySize ?? fileSize ?? content?.length ?? 0);
    if (after > end) end = after;
  }
  return ((end + BigInt(PAGE - 1)) / BigInt(PAGE)) * BigInt(PAGE);
}

function encodeNotes(notes: readonly NoteSpec[], encoding: Encoding): Uint8Array {
  return concatenate(
    notes.flatMap(({ owner, type, descriptor }) => {
      const name = zeroTerminated(owner);
      const sizes = { n_namesz: name.length, n_descsz: descriptor.length, n_type: type };
      return [encode(note, sizes, encoding), padded(name, 4), padded(descriptor, 4)];
    }),
  );
}

function encodeDynamic(spec: DynamicSpec, encoding: Encoding, blob: Blob): Uint8Array {
  const word = wordOf(encoding);
  const strings = stringTable();
  const entries: (readonly [Word, Word])[] = [];
  const name = (tag: number, text: string | undefined) => {
    if (text !== undefined) entries.push([tag, strings.add(text)]);
  };
  for (const needed of spec.needed ?? []) name(DT.NEEDED, needed);
  name(DT.SONAME, spec.soname);
  name(DT.RPATH, spec.rpath);
  name(DT.RUNPATH, spec.runpath);
  const symbols = encodeSymbols(spec.symbols ?? [], strings, encoding);
  const table = strings.bytes();
  entries.push([DT.STRTAB, blob.add(table, 1)], [DT.STRSZ, table.length]);
  entries.push([DT.SYMTAB, blob.add(symbols, 8)], [DT.SYMENT, sizeOf(symbol(word))]);
  entries.push(...relocationEntries(spec, encoding, blob));
  if (spec.flags1 !== undefined) entries.push([DT.FLAGS_1, spec.flags1]);
  entries.push(...(spec.entries ?? []), [DT.NULL, 0]);
  return words(entries.flat(), encoding);
}

function encodeSymbols(
  symbols: readonly SymbolSpec[],
  strings: StringTable,
  encoding: Encoding,
): Uint8Array {
  const values = symbols.map(({ name, address = 0, size = 0, section = 0, info = 0x11 }) => ({
    st_name: strings.add(name),
    st_value: address,
    st_size: size,
    st_info: info,
    st_shndx: section,
  }));
  return encodeAll(symbol(wordOf(encoding)), [{}, ...values], encoding);
}

function relocationEntries(
  { rela, rel, jmprel, relr }: DynamicSpec,
  encoding: Encoding,
  blob: Blob,
): (readonly [Word, Word])[] {
  const word = wordOf(encoding);
  const entries: (readonly [Word, Word])[] = [];
  const table = (tag: number, sizeTag: number, content: Uint8Array) =>
    entries.push([tag, blob.add(content, 8)], [sizeTag, content.length]);
  if (rela) {
    table(DT.RELA, DT.RELASZ, encodeRelocations(rela, true, encoding));
    entries.push([DT.RELAENT, 3 * word]);
  }
  if (rel) {
    table(DT.REL, DT.RELSZ, encodeRelocations(rel, false, encoding));
    entries.push([DT.RELENT, 2 * word]);
  }
  if (jmprel) {
    const addends = word === 8;
    table(DT.JMPREL, DT.PLTRELSZ, encodeRelocations(jmprel, addends, encoding));
    entries.push([DT.PLTREL, addends ? DT.RELA : DT.REL]);
  }
  if (relr) {
    table(DT.RELR, DT.RELRSZ, words(packRelative(relr, word), encoding));
    entries.push([DT.RELRENT, word]);
  }
  return entries;
}

function encodeRelocations(
  relocations: readonly RelocationSpec[],
  addends: boolean,
  encoding: Encoding,
): Uint8Array {
  const symbolShift = encoding.class === 64 ? 32n : 8n;
  const fields = relocations.flatMap(({ offset, type = 0, symbol = 0, addend = 0 }) => {
    const info = (BigInt(symbol) << symbolShift) | BigInt(type);
    return addends ? [offset, info, addend] : [offset, info];
  });
  return words(fields, encoding);
}

/**
 * RELR: an even entry is an address; an odd one, from bit 1 on, says which of the next 63 (31)
 * words after the last place are relocated as well.
 */
function packRelative(addresses: readonly bigint[], word: 4 | 8): bigint[] {
  const size = BigInt(word);
  const reach = size * 8n - 1n;
  const packed: bigint[] = [];
  let next = -1n; // the word that bit 1 of a bitmap would stand for
  let bitmap = 0n;
  const flush = () => {
    if (bitmap !== 0n) packed.push((bitmap << 1n) | 1n);
    bitmap = 0n;
  };
  for (const address of addresses) {
    if (bitmap !== 0n && address >= next + reach * size) {
      flush();
      next += reach * size;
    }
    const bit = (address - next) / size;
    if (next < 0n || bit >= reach || (address - next) % size !== 0n) {
      flush();
      packed.push(address);
      next = address + size;
    } else {
      bitmap |= 1n << bit;
    }
  }
  flush();
  return packed;
}

// ---- changing images ----------------------------------------------------------------------------

/** Every field of the file header, program headers and section headers of a sound image. */
export function headerFields(image: Uint8Array): HeaderField[] {
  const littleEndian = image[5] === 1;
  const word = image[4] === 2 ? 8 : 4;
  const header = fieldsAt(fileHeader(word), 0, '');
  const value = ({ offset, width }: HeaderField) => load(image, offset, width, littleEndian);
  const of = (name: string) => value(header.find((f) => f.name === name) as HeaderField);

  const sectionTable = of('e_shoff');
  const first = fieldsAt(sectionHeader(word), sectionTable, '');
  const inFirst = (name: string) => value(first.find((f) => f.name === name) as HeaderField);
  const escaped = sectionTable !== 0 && of('e_shnum') === 0;
  const sectionCount = escaped ? inFirst('sh_size') : of('e_shnum');
  const segmentCount = of('e_phnum') === XNUM ? inFirst('sh_info') : of('e_phnum');
  return [
    ...header,
    ...tableFields(programHeader(word), of('e_phoff'), segmentCount, 'segment'),
    ...tableFields(sectionHeader(word), sectionTable, sectionCount, 'section'),
  ];
}

function tableFields(schema: Schema, offset: number, count: number, kind: string): HeaderField[] {
  const size = sizeOf(schema);
  return Array.from({ length: count }, (_, i) =>
    fieldsAt(schema, offset + i * size, ` of ${kind} ${i}`),
  ).flat();
}

function fieldsAt(schema: Schema, start: number, suffix: string): HeaderField[] {
  let offset = start;
  return schema.map(([name, width]) => {
    const field = { name: name + suffix, offset, width };
    offset += width;
    return field;
  });
}

/** A copy of the image with one field changed; the value is cut to the field's width. */
export function withField(image: Uint8Array, field: HeaderField, value: Word): Uint8Array {
  const copy = image.slice();
  store(copy, field.offset, field.width, value, image[5] === 1);
  return copy;
}

// ---- bytes --------------------------------------------------------------------------------------

type GrowingFile = ReturnType<typeof growingFile>;
type Blob = ReturnType<typeof addressedBlob>;
type StringTable = ReturnType<typeof stringTable>;

/** A file written in any order; what nobody writes is zero. */
function growingFile() {
  let buffer = new Uint8Array(PAGE);
  let size = 0;
  const fill = (end: number) => {
    size = Math.max(size, end);
    if (size <= buffer.length) return;
    const grown = new Uint8Array(size * 2);
    grown.set(buffer);
    buffer = grown;
  };
  return {
    size: () => size,
    fill,
    put(at: number, content: Bytes) {
      fill(at + content.length);
      buffer.set(content, at);
    },
    bytes: () => buffer.slice(0, size),
  };
}

/** Parts one after another, each of which learns the address it will have. */
function addressedBlob(address: bigint) {
  const file = growingFile();
  return {
    address,
    add(content: Uint8Array, unit: number): bigint {
      const at = align(file.size(), unit);
      file.put(at, content);
      return address + BigInt(at);
    },
    bytes: () => file.bytes(),
  };
}

/** NUL-terminated strings behind an empty one; `add` returns the offset. */
function stringTable() {
  const file = growingFile();
  file.put(0, [0]);
  return {
    add(name: string | Uint8Array): number {
      if (name.length === 0) return 0;
      const at = file.size();
      file.put(at, zeroTerminated(name));
      return at;
    },
    bytes: () => file.bytes(),
  };
}

const align = (n: number, unit: number): number => Math.ceil(n / unit) * unit;

const zeroTerminated = (text: string | Uint8Array): Uint8Array =>
  concatenate([typeof text === 'string' ? new TextEncoder().encode(text) : text, [0]]);

const padded = (bytes: Bytes, unit: number): Uint8Array => {
  const whole = new Uint8Array(align(bytes.length, unit));
  whole.set(bytes);
  return whole;
};

function concatenate(parts: readonly Bytes[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
