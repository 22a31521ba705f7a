import { Disposable, RelativePattern, Uri, workspace } from 'vscode';
import { localFile } from '#editor/binaries/local-file.js';
import { watchFoldersAround } from './watch-folders.js';

/** Watches the file at a URI, also where symbolic links lead to it: VS Code does not look behind those. */
export interface FileWatching extends Disposable {
  /** The links may lead elsewhere now. */
  again(): void;
}

export function watchFile(uri: Uri, changed: () => void): FileWatching {
  let watched = '';
  let watching: Disposable | undefined;
  const again = () => {
    const places = [uri, ...(localFile(uri)?.turns() ?? [])];
    if (watched === String(places)) return;
    watched = String(places);
    const before = watching;
    watching = watchPlaces(places, changed);
    before?.dispose();
  };
  again();
  return { again, dispose: () => watching?.dispose() };
}

function watchPlaces(places: readonly Uri[], changed: () => void): Disposable {
  const paths = new Set(places.map(({ path }) => path));
  const notice = ({ path }: Uri) => {
    if (paths.has(path)) changed();
  };
  // Folders and not files: a name may hold characters that mean something in a pattern.
  const folders = new Map(
    places.map((place) => Uri.joinPath(place, '..')).map((folder) => [folder.toString(), folder]),
  );
  const watchers = [...folders.values()].map((folder) => {
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, '*'));
    watcher.onDidChange(notice);
    watcher.onDidCreate(notice);
    watcher.onDidDelete(notice);
    return watcher;
  });
  return Disposable.from(...watchers, watchFoldersAround(places, changed));
}
