import { extensions, Uri, workspace } from 'vscode';
import { createDemangler, type Demangle } from '../binary/demangle.js';

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
  const self = extensions.getExtension('pagecost.pagecost');
  if (!self) throw new Error('The extension does not know where it is.');
  const module = Uri.joinPath(self.extensionUri, 'dist', 'demangle.wasm');
  return createDemangler(Uint8Array.from(await workspace.fs.readFile(module)));
}
