import { FileType, l10n, type Uri, workspace } from 'vscode';
import { type LocalFile, localFile, whyNoLibraries } from '#editor/binaries/local-file.js';
import type { Binary } from '../../binary/binary.js';
import { type Diagnostic, isCutOff } from '../../binary/diagnostic.js';
import { type ElfReading, type HeaderReading, readElf, readElfHeaders } from '../../binary/elf.js';
import { readSymbolTable, type SymbolIndex } from '../../binary/elf-symbol-index.js';
import { type ByteSource, memorySource } from '../../binary/source.js';
import { bytes, integer, printable } from '../../format.js';
import { estimating } from '../../model/estimate.js';
import { fileName, type MissingObject, type Program } from '../../model/program.js';
import { START_UP } from '../../model/workload.js';
import { inSlices, pause } from '../../steps.js';
import { messageOf } from '../errors.js';
import { demangler } from './demangler.js';

/** What a file holds now: a program, or the reasons why there is none to show. */
export interface Reading {
  readonly program: Program | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Why its libraries were not looked for, where they were not. */
  readonly whyNoLibraries: string | undefined;
  /** When the file was last written or, where that is not known, read; in ms since 1970. */
  readonly time: number;
}

/** Whether all of a program is there: linkers write the headers first, or last. */
export const isWhole = ({ program, diagnostics }: Reading): boolean =>
  program !== undefined && !isCutOff(diagnostics);

/** `workspace.fs` has no ranged read: a file elsewhere is fetched as a whole, so it may not be large. */
const MAX_FETCHED = 64 << 20;

/** Reads the binary at a URI. Never rejects: a file that cannot be read is a reading that says so. */
export async function readProgram(uri: Uri): Promise<Reading> {
  try {
    const local = localFile(uri);
    const read = local ? await readLocal(local) : await fetchProgram(uri);
    if (read.program) await prepare(read.program);
    return read;
  } catch (error) {
    return unreadable(messageOf(error));
  }
}

/** Reads what a file is, by its headers. Never rejects, as `readProgram`. */
export async function readHeaders(uri: Uri): Promise<HeaderReading> {
  const none = (message: string) => ({
    header: undefined,
    headers: undefined,
    diagnostics: unreadable(message).diagnostics,
  });
  try {
    const local = localFile(uri);
    if (!local) return readElfHeaders(await fetchBytes(uri));
    const opened = local.read(readElfHeaders);
    return 'value' in opened ? opened.value : none(opened.problem);
  } catch (error) {
    return none(messageOf(error));
  }
}

async function readLocal(file: LocalFile): Promise<Reading> {
  const { program, diagnostics, reads } = await file.program();
  const time = reads[0]?.modified ?? Date.now();
  return { program, diagnostics, whyNoLibraries: undefined, time };
}

/**
 * Does what the first estimate is the first to need, in slices, for together it takes too long for one: what is
 * remembered of the libraries and of where they lie, and the formats of figures.
 */
async function prepare(program: Program): Promise<void> {
  for (const aslr of [false, true]) {
    await inSlices(estimating(program, { system: undefined, workload: START_UP, aslr }));
  }
  integer(0);
  await pause();
}

/**
 * Reads another version of a file of this machine, which `workspace.fs` has at another URI, with the
 * libraries that the file would find. Never rejects, as `readProgram`.
 */
export async function readVersion(uri: Uri, version: Uri): Promise<Reading> {
  try {
    const { binary, diagnostics } = await fetchBinary(version);
    const program = binary && localFile(uri)?.version(binary);
    return { program, diagnostics, whyNoLibraries: undefined, time: Date.now() };
  } catch (error) {
    return unreadable(messageOf(error));
  }
}

/** The symbols of a binary. */
export interface Symbols {
  /** Undefined where it has none, or cannot be read any more. */
  readonly index: SymbolIndex | undefined;
  /** Where they are from, if not from the whole table in its file; or why there are none. */
  readonly note: string | undefined;
}

/** Indexes the symbols of a binary that was read from a URI. Never rejects. */
export async function readSymbols(uri: Uri, binary: Binary): Promise<Symbols> {
  try {
    const local = localFile(uri);
    const { index, debugFile } = await (local ? local.symbols(binary) : fetchSymbols(uri, binary));
    const spelled = index?.mangled ? { ...index, spell: await demangler() } : index;
    return { index: spelled, note: noteOn(index, debugFile) };
  } catch (error) {
    return { index: undefined, note: messageOf(error) };
  }
}

function noteOn(index: SymbolIndex | undefined, debugFile: string | undefined): string | undefined {
  if (!index) return l10n.t('stripped: no symbols');
  if (debugFile !== undefined) return l10n.t('symbols from {0}', printable(debugFile));
  return index.isWhole ? undefined : l10n.t('stripped: only symbols for other files');
}

const fetchBinary = async (uri: Uri): Promise<ElfReading> => readElf(await fetchBytes(uri));

async function fetchBytes(uri: Uri): Promise<ByteSource> {
  const { type, size } = await workspace.fs.stat(uri);
  if (type & FileType.Directory) throw new Error(l10n.t('This is a folder.'));
  if (size > MAX_FETCHED) {
    throw new Error(
      l10n.t(
        'The file has {0}. Of a file that is fetched as a whole, at most {1} are read.',
        bytes(size),
        bytes(MAX_FETCHED),
      ),
    );
  }
  return memorySource(await workspace.fs.readFile(uri));
}

async function fetchProgram(uri: Uri): Promise<Reading> {
  const { binary, diagnostics } = await fetchBinary(uri);
  const time = Date.now();
  if (!binary) return { program: undefined, diagnostics, whyNoLibraries: undefined, time };
  const reason = whyNoLibraries(uri);
  const missing = dependencies(binary, reason);
  const program = { path: uri.path, binary, interpreter: undefined, libraries: [], missing };
  return { program, diagnostics, whyNoLibraries: missing.length > 0 ? reason : undefined, time };
}

async function fetchSymbols(uri: Uri, binary: Binary) {
  const table = await inSlices(readSymbolTable(await fetchBytes(uri), binary));
  return { index: table && (await inSlices(table.index())), debugFile: undefined };
}

function dependencies(binary: Binary, reason: string): MissingObject[] {
  const { interpreter, dynamic } = binary;
  const loader = interpreter === undefined ? [] : [fileName(interpreter)];
  const names = [...loader, ...(dynamic?.needed ?? [])];
  return names.map((name) => ({ name, reason }));
}

/** A reading that says why there is none. */
export const unreadable = (message: string): Reading => ({
  program: undefined,
  diagnostics: [{ code: 'not-readable', offset: undefined, message }],
  whyNoLibraries: undefined,
  time: Date.now(),
});
