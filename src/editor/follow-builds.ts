import { Disposable, FileType, type GlobPattern, type Uri, workspace } from 'vscode';
import { localFile } from '#editor/local-file.js';
import { readIfStarted } from '../binary/started.js';

/** A build writes many files. What it made is looked for when this long none was written, in ms. */
const QUIET = 1000;

/** What is followed. */
interface Following {
  /** Whether a place is of no interest, now or ever. */
  isLeftOut(uri: Uri): boolean;
  /** Whether a program was at this place, or below it. */
  isKnown(uri: Uri): boolean;
}

/**
 * Calls `built` when programs of this machine were written or removed where the patterns say, and nothing
 * more has happened for a while, until disposed. Files that are no programs, as sources are, do not count.
 */
export function followBuilds(
  patterns: readonly GlobPattern[],
  { isLeftOut, isKnown }: Following,
  built: () => void,
): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const later = () => {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(built, QUIET);
  };
  const changed = (uri: Uri) => {
    if (isLeftOut(uri)) return;
    if (isKnown(uri) || mayBeProgram(uri)) later();
  };
  const created = async (uri: Uri) => {
    if (isLeftOut(uri)) return;
    // Of a folder that comes with programs in it, there may be word of the folder only.
    if (isKnown(uri) || mayBeProgram(uri) || (await isFolder(uri))) later();
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

/** A program to start, or one that is written only in part. */
function mayBeProgram(uri: Uri): boolean {
  const opened = localFile(uri)?.read(readIfStarted);
  return opened !== undefined && 'value' in opened && opened.value !== undefined;
}

const isFolder = (uri: Uri): Thenable<boolean> =>
  workspace.fs.stat(uri).then(
    ({ type }) => (type & FileType.Directory) !== 0,
    () => false,
  );
