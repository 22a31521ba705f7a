import { Disposable, type Uri, workspace } from 'vscode';

/** Told of each place in the workspace where a file or folder has come or gone. */
type Listener = (place: Uri) => void;

const listeners = new Set<Listener>();
let watcher: Disposable | undefined;

/**
 * Calls `cameOrWent` when a folder around a file of the workspace has come or gone: of what is in it, nothing is
 * told then. One watcher serves all files, since it is asked about every change in the workspace.
 */
export function watchFoldersAround(files: readonly Uri[], cameOrWent: () => void): Disposable {
  const listener = ({ path }: Uri) => {
    if (files.some((file) => file.path.startsWith(`${path}/`))) cameOrWent();
  };
  listeners.add(listener);
  watcher ??= watchWorkspace();
  return new Disposable(() => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    watcher?.dispose();
    watcher = undefined;
  });
}

function watchWorkspace(): Disposable {
  const all = workspace.createFileSystemWatcher('**/*', false, true, false);
  const tell = (place: Uri) => {
    for (const listener of listeners) listener(place);
  };
  all.onDidCreate(tell);
  all.onDidDelete(tell);
  return all;
}
