import { statSync } from 'node:fs';
import { l10n, Uri } from 'vscode';
import type { Binary } from '../../binary/binary.js';
import type { ByteSource } from '../../binary/source.js';
import type { Program } from '../../model/program.js';
import { type LoadedSymbols, loadingSymbols } from '../../program/debug-file.js';
import { type LoadedProgram, loadingProgram, programAt } from '../../program/load-program.js';
import { LD_CACHE } from '../../program/loader-rules.js';
import { type Opened, withFile } from '../../program/open-file.js';
import { openSysroot } from '../../program/sysroot.js';
import { inSlices } from '../../steps.js';
import { sysrootFor } from '../sysroot-setting.js';

/** A file of this machine, which is read by range, and whose program finds its libraries here. */
export interface LocalFile {
  /** The program it holds, with the sysroot of the settings. */
  program(): Promise<LoadedProgram>;
  /** The program that another version of it would be. */
  version(binary: Binary): Program;
  /** The symbols of the program it holds, with the sysroot of the settings. */
  symbols(binary: Binary): Promise<LoadedSymbols>;
  /** Bytes of the loader's cache that its program finds its libraries by; undefined where there is none. */
  loaderCacheBytes(): number | undefined;
  /** Where another file can come to be in its place, itself and links to it among them. */
  turns(): readonly Uri[];
  /** Hands its bytes to `use`, and closes it again. */
  read<T>(use: (source: ByteSource) => T): Opened<T>;
  /** When it was last written, in ms since 1970; 0 where it is gone. */
  modified(): number;
}

/** Undefined for a file that is elsewhere. */
export function localFile(uri: Uri): LocalFile | undefined {
  if (uri.scheme !== 'file') return undefined;
  const { fsPath } = uri;
  return {
    program: () => inSlices(loadingProgram(fsPath, sysrootFor(uri))),
    version: (binary) => programAt(fsPath, binary, sysrootFor(uri)),
    symbols: (binary) => inSlices(loadingSymbols(fsPath, binary, sysrootFor(uri))),
    loaderCacheBytes() {
      const { follow, locate } = openSysroot(sysrootFor(uri));
      const file = follow(locate(LD_CACHE));
      const opened = file === undefined ? undefined : withFile(file, ({ source }) => source.size);
      return opened && 'value' in opened ? opened.value : undefined;
    },
    turns: () => openSysroot(sysrootFor(uri)).turns(fsPath).map(Uri.file),
    read: (use) => withFile(fsPath, ({ source }) => use(source)),
    modified: () => statSync(fsPath, { throwIfNoEntry: false })?.mtimeMs ?? 0,
  };
}

/** Why the libraries of a program that is elsewhere were not looked for. */
export const whyNoLibraries = ({ scheme }: Uri): string =>
  l10n.t(
    'The libraries of this program were not looked for, because it is not on this machine ({0}:).',
    scheme,
  );
