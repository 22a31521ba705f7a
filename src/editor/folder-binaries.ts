import { Disposable, type Uri, workspace } from 'vscode';
import { type LazyBinary, lazyBinary } from './lazy-binary.js';
import type { Views } from './views.js';

/** Which binary the source files of a workspace folder are of: that whose estimate was opened last. */
export interface FolderBinaries extends Disposable {
  /** Undefined before an estimate was opened in the file's folder. */
  of(document: Uri): Promise<LazyBinary | undefined>;
}

export function createFolderBinaries(views: Views): FolderBinaries {
  const binaries = new Map<string, LazyBinary>();
  const take = (uri: Uri) => {
    const folder = folderOf(uri);
    const before = binaries.get(folder);
    if (before?.uri.toString() === uri.toString()) return;
    before?.dispose();
    binaries.set(folder, lazyBinary(uri));
  };
  const listening = views.onDidChange(() => {
    const active = views.active();
    if (active) take(active.uri);
    // After a reload, those that can be seen are not active yet.
    for (const { uri } of views.visible()) if (!binaries.has(folderOf(uri))) take(uri);
  });
  return {
    of: async (document) => binaries.get(folderOf(document)),
    dispose: () => Disposable.from(listening, ...binaries.values()).dispose(),
  };
}

/** Files of no folder belong together. */
const folderOf = (uri: Uri): string => workspace.getWorkspaceFolder(uri)?.uri.toString() ?? '';
