import { spawnSync } from 'node:child_process';
import type { Binary, Section, Segment } from '../../src/binary/binary.js';
import { flagLetters, sectionTypeName, segmentTypeName } from './readelf-names.js';

/**
 * What binutils' readelf says of a file: an independent reader to compare ours with. Numbers are as
 * stored; names of sections are as readelf prints them (`printed`).
 */
export interface ReadelfFile {
  /** `e_type`: NONE, REL, EXEC, DYN, CORE or a number. */
  readonly type: string;
  readonly entry: bigint;
  readonly interpreter: string | undefined;
  readonly sections: readonly ReadelfSection[];
  readonly segments: readonly ReadelfSegment[];
}

export interface ReadelfSection {
  readonly name: string;
  readonly type: string;
  readonly address: bigint;
  readonly offset: bigint;
  readonly size: bigint;
  readonly entrySize: bigint;
  readonly flags: string;
  readonly link: number;
  readonly info: number;
  readonly align: bigint;
}

export interface ReadelfSegment {
  readonly type: string;
  readonly offset: bigint;
  readonly address: bigint;
  readonly physicalAddress: bigint;
  readonly fileSize: bigint;
  readonly memorySize: bigint;
  /** Three columns: `R`, `W`, `E` or a space. */
  readonly flags: string;
  readonly align: bigint;
}

/** Files per run: a command line holds 128 KiB of one argument, 2 MiB of all. */
const BATCH = 200;

/**
 * Runs readelf on ELF files; not on archives, of which it would print every member. A file that
 * readelf gives up on, or prints a line of that is not understood, throws: this is a test's oracle.
 */
export function readelf(paths: readonly string[]): Map<string, ReadelfFile> {
  const files = new Map<string, ReadelfFile>();
  for (let i = 0; i < paths.length; i += BATCH) {
    const batch = paths.slice(i, i + BATCH);
    const texts = splitByFile(runReadelf(batch), batch);
    batch.forEach((path, at) => {
      files.set(path, parseReadelf(texts[at] ?? '', path));
    });
  }
  return files;
}

function runReadelf(paths: readonly string[]): string {
  // -h beside -l and -S: for a file without segments -l alone prints neither type nor entry.
  const { stdout, error } = spawnSync('readelf', ['-hlSW', '--', ...paths], {
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 1 << 30,
  });
  if (error) throw error;
  // The exit code is 1 already when one of many files has an oddity; the parser decides.
  return stdout.toString('utf8');
}

/** readelf heads each file's part with its path where there are several. */
function splitByFile(output: string, paths: readonly string[]): string[] {
  if (paths.length === 1) return [output];
  const starts: number[] = [];
  let from = 0;
  for (const path of paths) {
    const heading = `\nFile: ${path}\n`;
    const at = output.indexOf(heading, from);
    if (at < 0) throw new Error(`readelf printed nothing for ${path}`);
    starts.push(at);
    from = at + heading.length - 1;
  }
  return starts.map((start, i) => output.slice(start, starts[i + 1]));
}

/** Reads the output of `readelf -hlSW` for one file. */
function parseReadelf(output: string, path = 'output'): ReadelfFile {
  const lines = output.split('\n');
  const find = (pattern: RegExp): string | undefined => {
    for (const line of lines) {
      const match = pattern.exec(line);
      if (match) return match[1];
    }
    return undefined;
  };
  const type = find(/^ {2}Type: +(\S+)/);
  const entry = find(/^ {2}Entry point address: +(0x[0-9a-f]+)$/);
  if (type === undefined || entry === undefined) throw new Error(`readelf cannot read ${path}`);
  return {
    type,
    entry: BigInt(entry),
    interpreter: find(/^ {6}\[Requesting program interpreter: (.*)\]$/),
    sections: block(lines, 'Section Headers:').map((row) => parseSection(row, path)),
    segments: block(lines, 'Program Headers:')
      .filter((row) => !row.startsWith('      ['))
      .map((row) => parseSegment(row, path)),
  };
}

/** The rows between the column heads below `title` and the first line that is not indented. */
function block(lines: readonly string[], title: string): string[] {
  const start = lines.indexOf(title);
  if (start < 0) return [];
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('  '));
  return lines.slice(start + 2, end < 0 ? undefined : end);
}

// Names may hold anything, spaces and what looks like a row included, and are not cut with -W; the
// columns behind them cannot. So a row is matched from its end: `.*` takes as much as it can.
const SECTION_ROW = new RegExp(
  [
    /^ {2}\[ *\d+\] (?<name>.*) +/,
    /(?<type>[A-Z][\w+]*|[0-9a-f]+: <unknown>|<unknown>: \S+) +/,
    /(?<address>[0-9a-f]{8,}) (?<offset>[0-9a-f]{6,}) (?<size>[0-9a-f]{6,}) /,
    /(?<entrySize>[0-9a-f]{2,}) (?<flags>[ A-Za-z]{2,}) +/,
    /(?<link>\d+) +(?<info>\d+) +(?<align>\d+)$/,
  ]
    .map((part) => part.source)
    .join(''),
);

const SEGMENT_ROW = new RegExp(
  [
    /^ {2}(?<type>\S+|<unknown>: \S+) +/,
    /0x(?<offset>[0-9a-f]+) 0x(?<address>[0-9a-f]+) 0x(?<physicalAddress>[0-9a-f]+) /,
    /0x(?<fileSize>[0-9a-f]+) 0x(?<memorySize>[0-9a-f]+) (?<flags>[ RWE]{3}) (?:0x)?(?<align>[0-9a-f]+)$/,
  ]
    .map((part) => part.source)
    .join(''),
);

function parseSection(row: string, path: string): ReadelfSection {
  const columns = match(SECTION_ROW, row, path);
  const hex = (name: string) => BigInt(`0x${columns(name)}`);
  return {
    name: columns('name').trimEnd(),
    type: columns('type'),
    address: hex('address'),
    offset: hex('offset'),
    size: hex('size'),
    entrySize: hex('entrySize'),
    flags: columns('flags').trim(),
    link: Number(columns('link')),
    info: Number(columns('info')),
    align: BigInt(columns('align')),
  };
}

function parseSegment(row: string, path: string): ReadelfSegment {
  const columns = match(SEGMENT_ROW, row, path);
  const hex = (name: string) => BigInt(`0x${columns(name)}`);
  return {
    type: columns('type'),
    offset: hex('offset'),
    address: hex('address'),
    physicalAddress: hex('physicalAddress'),
    fileSize: hex('fileSize'),
    memorySize: hex('memorySize'),
    flags: columns('flags'),
    align: hex('align'),
  };
}

function match(pattern: RegExp, row: string, path: string): (column: string) => string {
  const groups = pattern.exec(row)?.groups;
  if (!groups) throw new Error(`${path}: readelf printed a row of unknown form: ${row}`);
  return (column) => groups[column] ?? '';
}

// ---- comparing ----------------------------------------------------------------------------------

const TYPES: Readonly<Record<string, Binary['type']>> = {
  REL: 'relocatable',
  EXEC: 'executable',
  DYN: 'shared',
  CORE: 'core',
};

/** Where our reader and readelf disagree, one line each; empty when they do not. */
export function differences(binary: Binary, other: ReadelfFile): string[] {
  const found: string[] = [];
  const compare = (what: string, ours: unknown, theirs: unknown) => {
    if (ours !== theirs) found.push(`${what}: ours ${ours}, readelf's ${theirs}`);
  };
  compare('type', binary.type, TYPES[other.type] ?? 'unknown');
  compare('entry', binary.entry, other.entry);
  if (binary.type === 'executable' || binary.type === 'shared') {
    compare('interpreter', binary.interpreter, other.interpreter);
  }
  compare('segments', binary.segments.length, other.segments.length);
  compare('sections', binary.sections.length, other.sections.length);
  binary.segments.forEach((segment, i) => {
    const theirs = other.segments[i];
    compareFields(`segment ${i}`, segmentAsPrinted(segment, binary, theirs), theirs, compare);
  });
  binary.sections.forEach((section, i) => {
    const theirs = other.sections[i];
    compareFields(`section ${i}`, sectionAsPrinted(section, binary, theirs), theirs, compare);
  });
  return found;
}

function compareFields<Row extends object>(
  what: string,
  ours: Row,
  theirs: Row | undefined,
  compare: (what: string, ours: unknown, theirs: unknown) => void,
) {
  if (!theirs) return; // the counts differ, and that is in the list
  for (const key of Object.keys(ours) as (keyof Row & string)[]) {
    compare(`${what} ${key}`, ours[key], theirs[key]);
  }
}

function segmentAsPrinted(
  segment: Segment,
  { machineCode }: Binary,
  theirs: ReadelfSegment | undefined,
): ReadelfSegment {
  const { readable, writable, executable, type, ...numbers } = segment;
  return {
    ...numbers,
    type: typeAsPrinted(segmentTypeName(type, machineCode), numericSegmentType(type), theirs),
    flags: `${readable ? 'R' : ' '}${writable ? 'W' : ' '}${executable ? 'E' : ' '}`,
  };
}

function sectionAsPrinted(
  section: Section,
  { machineCode, osAbi }: Binary,
  theirs: ReadelfSection | undefined,
): ReadelfSection {
  const { name, type, flags, ...numbers } = section;
  return {
    ...numbers,
    name: printed(name),
    type: typeAsPrinted(sectionTypeName(type, machineCode), numericSectionType(type), theirs),
    flags: flagLetters(flags, machineCode, osAbi),
  };
}

/** The number says as much as the name, and an older readelf does not know every name. */
const typeAsPrinted = (
  name: string | undefined,
  number: string,
  theirs: { readonly type: string } | undefined,
): string => (name === undefined || theirs?.type === number ? number : name);

/** Types without a name are printed as a distance into the range they lie in. */
const numericSegmentType = (type: number): string => numericType(type, `<unknown>: ${hex(type)}`);
const numericSectionType = (type: number): string =>
  type >= 0x80000000
    ? `LOUSER+0x${hex(type - 0x80000000)}`
    : numericType(type, `${hex(type).padStart(8, '0')}: <unknown>`);

function numericType(type: number, otherwise: string): string {
  if (type >= 0x70000000 && type <= 0x7fffffff) return `LOPROC+0x${hex(type - 0x70000000)}`;
  if (type >= 0x60000000 && type <= 0x6fffffff) return `LOOS+0x${hex(type - 0x60000000)}`;
  return otherwise;
}

const hex = (n: number): string => n.toString(16);

/** readelf writes control characters as `^` and a letter, and pads names with spaces. */
const printed = (name: string): string =>
  [...name]
    .map((c) => (c < ' ' ? `^${String.fromCharCode(c.charCodeAt(0) + 0x40)}` : c))
    .join('')
    .trimEnd();
