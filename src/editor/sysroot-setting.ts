import { resolve } from 'node:path';
import { type Uri, workspace } from 'vscode';

/**
 * Absolute path of the directory that holds the files of a program's system; undefined where they
 * are this machine's own. A relative one begins at the workspace folder, and stays what it is where
 * there is none.
 */
export function sysrootFor(uri: Uri): string | undefined {
  const sysroot: unknown = workspace.getConfiguration('pagecost', uri).get('sysroot');
  if (typeof sysroot !== 'string' || sysroot === '') return undefined;
  const folder = workspace.getWorkspaceFolder(uri) ?? workspace.workspaceFolders?.[0];
  return folder?.uri.scheme === 'file' ? resolve(folder.uri.fsPath, sysroot) : sysroot;
}
