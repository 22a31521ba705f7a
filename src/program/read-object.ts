import * as l10n from '@vscode/l10n';
import type { Binary } from '../binary/binary.js';
import { type ElfReading, readElf } from '../binary/elf.js';
import { type ByteSource, countingSource } from '../binary/source.js';
import { readOnce, type SystemFiles } from './file-cache.js';
import { type Opened, withFile } from './open-file.js';

/** How much of a file was read: the evidence behind "only headers are read". */
export interface FileRead {
  readonly path: string;
  /** Bytes of the file. */
  readonly size: number;
  readonly bytesRead: number;
  /** When it was last written, in ms since 1970. */
  readonly modified: number;
}

/** Reads the file at `path` as ELF and adds to `reads` what that took. */
export const readObject = (path: string, reads: FileRead[]): Opened<ElfReading> =>
  readCounted(path, reads, readElf);

/** The first `limit` bytes of the file at `path`; undefined where it cannot be read. */
export function readStart(path: string, limit: number, reads: FileRead[]): Uint8Array | undefined {
  const opened = readCounted(path, reads, (source) => source.read(0, limit));
  return 'value' in opened ? opened.value : undefined;
}

/**
 * Reads what could be mapped beside `program`: a shared object of the same class and machine, the same
 * value for each program of a pass. A string says, for people, why the file is none.
 */
export function readLibrary(
  path: string,
  program: Binary,
  reads: FileRead[],
  { libraries }: SystemFiles,
): Binary | string {
  const opened = readOnce(libraries, path, reads, (taken) =>
    readCounted(path, taken, (source) => withoutSections(readElf(source))),
  );
  if ('problem' in opened) return opened.problem;
  const { binary, diagnostics } = opened.value;
  if (!binary) return diagnostics[0]?.message ?? l10n.t('This is not an ELF file.');
  if (!sameMachine(binary, program))
    return l10n.t('This is for {0}-bit {1}.', binary.class, binary.machine);
  if (binary.type !== 'shared') return l10n.t('This is no shared object.');
  return binary;
}

/** The model looks at no library's sections, and of a browser's libraries thousands would go to the panel. */
const withoutSections = ({ binary, diagnostics }: ElfReading): ElfReading => ({
  binary: binary && { ...binary, sections: [] },
  diagnostics,
});

const sameMachine = (a: Binary, b: Binary) =>
  a.class === b.class && a.machineCode === b.machineCode && a.littleEndian === b.littleEndian;

function readCounted<T>(
  path: string,
  reads: FileRead[],
  use: (source: ByteSource) => T,
): Opened<T> {
  return withFile(path, (file) => {
    const source = countingSource(file.source);
    const value = use(source);
    const { modified } = file;
    reads.push({ path, size: source.size, bytesRead: source.bytesRead, modified });
    return value;
  });
}
