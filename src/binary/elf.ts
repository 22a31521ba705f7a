import * as l10n from '@vscode/l10n';
import { type Binary, type Dynamic, isLoadable, PT, type Section, type Segment } from './binary.js';
import { type Diagnostic, diagnostic, type Report } from './diagnostic.js';
import {
  type DynamicTable,
  hasInitialisers,
  readDynamicTable,
  resolveDynamic,
} from './elf-dynamic.js';
import { type ElfHeader, readElfHeader } from './elf-header.js';
import { readNotes } from './elf-notes.js';
import { type RelocatedPages, readRelocatedPages } from './elf-relocations.js';
import { readSections, resolveCounts } from './elf-sections.js';
import { readSegments } from './elf-segments.js';
import { findSymbols } from './elf-symbols.js';
import { uniqueReferences } from './elf-unique.js';
import { readVersions } from './elf-versions.js';
import { atMost } from './fields.js';
import {
  CXX_LIBRARY,
  POOL_FREED,
  START_UP_VARIABLES,
  STREAMS_INITIALISED,
} from './known-symbols.js';
import { readingAhead } from './read-ahead.js';
import type { ByteSource } from './source.js';
import { stringAt } from './strings.js';

const MAX_INTERPRETER = 4096;
/** A file with more to complain about than this is not worth listing further. */
const MAX_DIAGNOSTICS = 64;

/** A binary, or why there is none; the diagnostics are the same list in both cases. */
export interface ElfReading {
  readonly binary: Binary | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads an ELF file of either class and byte order: headers, dynamic section, relocations, notes, and of
 * symbols a program's if they are small, and those of unique ones (`uniqueReferences`); of anything else, not
 * a byte. Never throws on content: what could not be understood is in the diagnostics, and the rest is there.
 */
export const readElf = (source: ByteSource): ElfReading => readWhole(readingAhead(source));

/** The same of a source that reads ahead. */
export function readWhole(source: ByteSource): ElfReading {
  const { report, diagnostics } = diagnosticList();
  const header = readElfHeader(source, report);
  if (!header) return { binary: undefined, diagnostics };
  const { segments, sections } = readHeaders(source, header, report);
  const contents = isLoadable(header)
    ? readContents(source, header, { segments, sections }, report)
    : NOTHING;
  const binary: Binary = {
    format: 'elf',
    class: header.class,
    littleEndian: header.littleEndian,
    machine: header.machine,
    machineCode: header.machineCode,
    type: header.type,
    osAbi: header.osAbi,
    entry: header.entry,
    segments,
    sections,
    interpreter: contents.interpreter,
    dynamic: contents.dynamic,
    notes: contents.notes,
    relocated: contents.relocated,
    relocatedWhenFixed: contents.relocatedWhenFixed,
    hasInitialisers: contents.hasInitialisers,
    initialisesStreams: contents.initialisesStreams,
    linksFree: contents.linksFree,
    linksExceptionPool: contents.linksExceptionPool,
    startUpVariables: contents.startUpVariables,
    diagnostics,
  };
  return { binary, diagnostics };
}

/** What the headers of a file say; neither where it is no ELF file. */
export interface HeaderReading {
  readonly header: ElfHeader | undefined;
  readonly headers: Headers | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Only the file header, program headers and sections: what it is, and whether all that they announce is there. */
export function readElfHeaders(source: ByteSource): HeaderReading {
  const { report, diagnostics } = diagnosticList();
  const ahead = readingAhead(source);
  const header = readElfHeader(ahead, report);
  return { header, headers: header && readHeaders(ahead, header, report), diagnostics };
}

type Headers = Pick<Binary, 'segments' | 'sections'>;

function readHeaders(source: ByteSource, header: ElfHeader, report: Report): Headers {
  const counts = resolveCounts(source, header, report);
  return {
    segments: readSegments(source, header, counts.segmentTable, report),
    sections: readSections(source, header, counts.sectionTable, counts.namesIndex, report),
  };
}

type FromSymbols = Pick<Binary, 'linksFree' | 'linksExceptionPool' | 'startUpVariables'>;
type Contents = Pick<
  Binary,
  'interpreter' | 'dynamic' | 'notes' | 'hasInitialisers' | 'initialisesStreams'
> &
  FromSymbols &
  RelocatedPages;
const NOT_RELOCATED: RelocatedPages = { relocated: [], relocatedWhenFixed: [] };
const NO_SYMBOLS: FromSymbols = {
  linksFree: undefined,
  linksExceptionPool: undefined,
  startUpVariables: undefined,
};
const NOTHING: Contents = {
  ...NOT_RELOCATED,
  ...NO_SYMBOLS,
  interpreter: undefined,
  dynamic: undefined,
  notes: [],
  hasInitialisers: undefined,
  initialisesStreams: undefined,
};

function readContents(
  source: ByteSource,
  header: ElfHeader,
  { segments, sections }: Headers,
  report: Report,
): Contents {
  const interpreter = readInterpreter(source, segments, report);
  const table = readDynamicTable(source, header, segments, report);
  const dynamic = table && readDynamic(source, header, segments, table, report);
  const notes = readNotes(source, header, segments, report);
  const { relocated, relocatedWhenFixed } = table
    ? readRelocatedPages(source, header, segments, table, report)
    : NOT_RELOCATED;
  const isStatic = isStaticProgram(header, segments, dynamic);
  const symbols =
    isStatic || isDynamicProgram(interpreter, dynamic)
      ? readSymbols(source, header, sections, isStatic)
      : NO_SYMBOLS;
  return {
    interpreter,
    dynamic,
    notes,
    relocated,
    relocatedWhenFixed,
    hasInitialisers: table && hasInitialisers(table, header, sections),
    initialisesStreams: dynamic && initialisesStreams(source, header, sections, dynamic),
    ...symbols,
  };
}

/** What the symbols of a program tell of the libraries that are linked into it. */
function readSymbols(
  source: ByteSource,
  header: ElfHeader,
  sections: readonly Section[],
  isStatic: boolean,
): FromSymbols {
  const names = isStatic ? ['free', POOL_FREED, ...START_UP_VARIABLES] : [POOL_FREED];
  const defined = findSymbols(source, header, sections, names, 'defined');
  const known = isStatic ? defined : findSymbols(source, header, sections, ['free'], 'needed');
  const variables = START_UP_VARIABLES.flatMap((name) => {
    const address = defined?.get(name);
    return address === undefined ? [] : [[name, address] as const];
  });
  return {
    linksFree: known?.has('free'),
    linksExceptionPool: defined?.has(POOL_FREED),
    startUpVariables: variables.length > 0 ? Object.fromEntries(variables) : undefined,
  };
}

/** Looked up in what needs the C++ library only; undefined where no symbols tell. */
function initialisesStreams(
  source: ByteSource,
  header: ElfHeader,
  sections: readonly Section[],
  { needed }: Dynamic,
): boolean | undefined {
  if (!needed.includes(CXX_LIBRARY)) return false;
  const known = findSymbols(source, header, sections, [STREAMS_INITIALISED], 'needed');
  return known?.has(STREAMS_INITIALISED);
}

function readDynamic(
  source: ByteSource,
  header: ElfHeader,
  segments: readonly Segment[],
  table: DynamicTable,
  report: Report,
): Dynamic {
  const found = resolveDynamic(source, segments, table, report);
  const { address, needed, unreadNeeded, soname, rpath, runpath, pie } = found;
  const versions = readVersions(source, header, segments, table);
  return {
    address,
    needed,
    unreadNeeded,
    soname,
    rpath,
    runpath,
    pie,
    ...versions,
    uniqueReferences: uniqueReferences(source, header, segments, table),
  };
}

/** A shared object without a loader is a library, unless it is marked as a program. */
const isStaticProgram = (
  { type }: ElfHeader,
  segments: readonly Segment[],
  dynamic: Dynamic | undefined,
) =>
  (type === 'executable' || dynamic?.pie === true) &&
  !segments.some((segment) => segment.type === PT.INTERP);

/** Some libraries can be started, too, such as glibc's libc: what they ask for says nothing of a program. */
const isDynamicProgram = (interpreter: string | undefined, dynamic: Dynamic | undefined) =>
  interpreter !== undefined && dynamic?.soname === undefined;

/** The path that PT_INTERP holds; undefined where there is none. */
export function readInterpreter(
  source: ByteSource,
  segments: readonly Segment[],
  report: Report,
): string | undefined {
  const segment = segments.find((s) => s.type === PT.INTERP);
  if (!segment) return undefined;
  const offset = atMost(segment.offset, source.size);
  const size = atMost(segment.fileSize, MAX_INTERPRETER);
  const path = stringAt(source.read(offset, size), 0, MAX_INTERPRETER);
  if (path) return path;
  report(
    'bad-string',
    offset,
    l10n.t(
      'PT_INTERP does not hold the path of a dynamic loader, ended by NUL. A kernel refuses such a program.',
    ),
  );
  return undefined;
}

function diagnosticList(): { report: Report; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (code, offset, message) => {
    if (diagnostics.length < MAX_DIAGNOSTICS) diagnostics.push({ code, offset, message });
    else if (diagnostics.length === MAX_DIAGNOSTICS) {
      const message = l10n.t(
        'There is more that cannot be read; the first {0} findings are listed.',
        MAX_DIAGNOSTICS,
      );
      diagnostics.push(diagnostic('limit', message));
    }
  };
  return { report, diagnostics };
}
