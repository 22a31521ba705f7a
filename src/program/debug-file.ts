import { dirname, join } from 'node:path';
import type { Binary } from '../binary/binary.js';
import { crc32 } from '../binary/crc32.js';
import { readElf } from '../binary/elf.js';
import { buildIdOf, type DebugLink, readDebugLink } from '../binary/elf-debug-link.js';
import { readSymbolTable, type SymbolIndex, type SymbolTable } from '../binary/elf-symbol-index.js';
import type { ByteSource } from '../binary/source.js';
import type { Steps } from '../steps.js';
import { realDirectory } from './loader-rules.js';
import { withFileInSteps } from './open-file.js';
import { openSysroot, type SystemRoot } from './sysroot.js';

/** The symbols of a program of this machine, and where they are from. */
export interface LoadedSymbols {
  /** Undefined where there are none. */
  readonly index: SymbolIndex | undefined;
  /** Where they are from, if it is not the program's own file. */
  readonly debugFile: string | undefined;
}

/** Where distributions put the files with what they strip from programs. */
const DEBUG = '/usr/lib/debug';
/** Bytes of which a CRC is taken, to verify a file without a build id; some 0.3 s. */
const MAX_CRC = 64 << 20;

/**
 * Indexes the symbols of the program at `path`: its own, or where those were stripped, the ones of a
 * separate file, which debuggers find by build id or .gnu_debuglink; else those it exports. Such a file is used only
 * if it is of the same build. Never throws on what is in the files.
 *
 * @param sysroot as for `loadProgram`
 */
export function* loadingSymbols(
  path: string,
  binary: Binary,
  sysroot?: string,
): Steps<LoadedSymbols> {
  const root = openSysroot(sysroot);
  const file = root.enter(path) ?? path;
  const opened = yield* withFileInSteps(file, function* ({ source }) {
    return {
      table: yield* readSymbolTable(source, binary),
      link: readDebugLink(source, binary),
    };
  });
  if ('problem' in opened) return { index: undefined, debugFile: undefined };
  const { table, link } = opened.value;
  if (table?.isWhole) return { index: yield* table.index(), debugFile: undefined };
  for (const debugFile of debugFiles(file, buildIdOf(binary), link, root)) {
    const whole = yield* readDebugFile(debugFile, binary, link);
    if (whole) return { index: yield* whole.index(), debugFile };
  }
  return { index: table && (yield* table.index()), debugFile: undefined };
}

/** Where a separate file may be, in the order in which GDB looks. */
function debugFiles(
  file: string,
  buildId: string | undefined,
  link: DebugLink | undefined,
  root: SystemRoot,
): string[] {
  const places: (string | undefined)[] = [];
  if (buildId !== undefined) {
    const name = `${buildId.slice(0, 2)}/${buildId.slice(2)}.debug`;
    places.push(root.follow(root.locate(`${DEBUG}/.build-id/${name}`)));
  }
  if (link) {
    const directory = root.nameOf(realDirectory(file, root));
    const here = dirname(root.follow(file) ?? file);
    places.push(join(here, link.name), join(here, '.debug', link.name));
    places.push(root.follow(root.locate(`${DEBUG}${directory}/${link.name}`)));
  }
  return places.filter((place) => place !== undefined && place !== file) as string[];
}

function* readDebugFile(
  path: string,
  program: Binary,
  link: DebugLink | undefined,
): Steps<SymbolTable | undefined> {
  const opened = yield* withFileInSteps(path, function* ({ source }) {
    const { binary } = readElf(source);
    yield;
    if (!binary || !(yield* isOfSameBuild(source, binary, program, link))) return undefined;
    const table = yield* readSymbolTable(source, binary);
    return table?.isWhole ? table : undefined;
  });
  return 'value' in opened ? opened.value : undefined;
}

function* isOfSameBuild(
  source: ByteSource,
  binary: Binary,
  program: Binary,
  link: DebugLink | undefined,
): Steps<boolean> {
  if (binary.class !== program.class || binary.machineCode !== program.machineCode) return false;
  const ours = buildIdOf(program);
  if (ours !== undefined && buildIdOf(binary) !== undefined) return buildIdOf(binary) === ours;
  return link !== undefined && source.size <= MAX_CRC && (yield* crc32(source)) === link.crc;
}
