import { Disposable, FileType, type GlobPattern, type Uri, workspace } from 'vscode';

/** A build writes many files. What it made is looked for when this long none was written, in ms. */
const QUIET = 1000;

/**
 * Calls `built` when programs were written or removed where one of the patterns says, and nothing more has
 * happened for a while, until disposed. Files that are no programs, as sources are, do not count.
 *
 * @param isProgram whether a file that was written is one
 * @param isKnown whether a program was at this place, or below it
 */
export function followBuilds(
  patterns: readonly GlobPattern[],
  isProgram: (uri: Uri) => boolean,
  isKnown: (uri: Uri) => boolean,
  built: () => void,
): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const later = () => {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(built, QUIET);
  };
  const changed = (uri: Uri) => {
    if (isKnown(uri) || isProgram(uri)) later();
  };
  const created = async (uri: Uri) => {
    // Of a folder that comes with programs in it, there may be word of the folder only.
    if (isProgram(uri) || (await isFolder(uri))) later();
  };
  /** So there may be of one that goes. */
  const gone = (uri: Uri) => {
    if (isKnown(uri)) later();
  };
  const watching = patterns.flatMap((pattern) => {
    const watcher = workspace.createFileSystemWatcher(pattern);
    return [
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(created),
      watcher.onDidDelete(gone),
    ];
  });
  return new Disposable(() => {
    ended = true;
    clearTimeout(timer);
    Disposable.from(...watching).dispose();
  });
}

const isFolder = (uri: Uri): Thenable<boolean> =>
  workspace.fs.stat(uri).then(
    ({ type }) => (type & FileType.Directory) !== 0,
    () => false,
  );
