import { FileType, l10n, type Uri, workspace } from 'vscode';
import type { Binary } from '../binary/binary.js';
import type { Diagnostic } from '../binary/diagnostic.js';
import { readElf } from '../binary/elf.js';
import { memorySource } from '../binary/source.js';
import { bytes } from '../format.js';
import type { MissingObject, Program } from '../model/program.js';
import { loadProgram } from '../program/load-program.js';
import { messageOf } from './errors.js';
import { sysrootFor } from './settings.js';

/** What a file holds now: a program, or the reasons why there is none to show. */
export interface Reading {
  readonly program: Program | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Why its libraries were not looked for, where they were not. */
  readonly restrictedReason: string | undefined;
}

/** `workspace.fs` has no ranged read: a file elsewhere is fetched as a whole, so it may not be large. */
const MAX_FETCHED = 64 << 20;

/** Reads the binary at a URI. Never rejects: a file that cannot be read is a reading that says so. */
export async function readProgram(uri: Uri): Promise<Reading> {
  try {
    if (uri.scheme !== 'file') return await fetchProgram(uri);
    return { ...loadProgram(uri.fsPath, sysrootFor(uri)), restrictedReason: undefined };
  } catch (error) {
    return unreadable(messageOf(error));
  }
}

async function fetchProgram(uri: Uri): Promise<Reading> {
  const { type, size } = await workspace.fs.stat(uri);
  if (type & FileType.Directory) return unreadable(l10n.t('This is a folder.'));
  if (size > MAX_FETCHED) {
    return unreadable(
      l10n.t(
        'The file has {0}. Of a file that is not on this machine, at most {1} are read.',
        bytes(size),
        bytes(MAX_FETCHED),
      ),
    );
  }
  const { binary, diagnostics } = readElf(memorySource(await workspace.fs.readFile(uri)));
  const restrictedReason = l10n.t(
    'The libraries of this program were not looked for, because it is not on this machine ({0}:).',
    uri.scheme,
  );
  if (!binary) return { program: undefined, diagnostics, restrictedReason };
  const program = {
    path: uri.path,
    binary,
    interpreter: undefined,
    libraries: [],
    missing: dependencies(binary, restrictedReason),
  };
  return { program, diagnostics, restrictedReason };
}

function dependencies(binary: Binary, reason: string): MissingObject[] {
  const { interpreter, dynamic } = binary;
  const names = [...(interpreter === undefined ? [] : [interpreter]), ...(dynamic?.needed ?? [])];
  return names.map((name) => ({ name, reason }));
}

/** A reading that says why there is none. */
export const unreadable = (message: string): Reading => ({
  program: undefined,
  diagnostics: [{ code: 'not-readable', offset: undefined, message }],
  restrictedReason: undefined,
});
