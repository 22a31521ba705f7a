import { workspace } from 'vscode';
import { createDemangler, type Demangle } from '../../binary/demangle.js';
import { extensionFile } from '../extension-file.js';

let made: Promise<Demangle> | undefined;

/**
 * The demangler, loaded when a binary with mangled names first needs it. Without its file, names stay as
 * they are.
 */
export function demangler(): Promise<Demangle> {
  made ??= load().catch(() => (name: string) => name);
  return made;
}

async function load(): Promise<Demangle> {
  return createDemangler(
    Uint8Array.from(await workspace.fs.readFile(extensionFile('dist', 'demangle.wasm'))),
  );
}
