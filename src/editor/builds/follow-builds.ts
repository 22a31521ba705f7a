import { Disposable, FileType, type GlobPattern, type Uri, workspace } from 'vscode';
import { BUILD_QUIET, isBeingWritten, PATIENCE } from '../binaries/being-written.js';
import { contentOf } from '../binaries/file-content.js';
import { createSettling } from './settling.js';

/** What is followed. */
interface Following {
  /** Whether a place is of no interest, now or ever. */
  isLeftOut(uri: Uri): boolean;
  /** The programs that there were when they were looked for last. */
  known(): readonly Uri[];
}

export interface FollowedBuilds extends Disposable {
  /** Whether programs were written or removed for which `built` is still to be called. */
  isWaiting(): boolean;
  /** Takes files for written just now: a search has found them unfinished, and nobody may say when they are done. */
  expect(unfinished: readonly Uri[]): void;
}

/**
 * Calls `built` when programs of this machine were written or removed where the patterns say, and nothing
 * more has happened for a while, until disposed. Files that are no programs, as sources are, do not count.
 *
 * @param patience as for `createSettling`, and how long ago a file without headers may have been written that is
 *   to become a program
 */
export function followBuilds(
  patterns: readonly GlobPattern[],
  { isLeftOut, known }: Following,
  built: () => void,
  patience = PATIENCE,
): FollowedBuilds {
  const settling = createSettling(built, patience);
  const blank = new Map<string, NodeJS.Timeout>();
  /** A folder may come and go with programs in it, and without a word of them. */
  const knownAt = (uri: Uri) => known().filter((one) => `${one}/`.startsWith(`${uri}/`));
  const changed = (uri: Uri) => {
    if (isLeftOut(uri)) return;
    const programs = knownAt(uri);
    if (programs.length > 0) return settling.touch(programs);
    const content = contentOf(uri);
    if (content === 'blank') lookAgain(uri);
    else if (content) settling.touch([uri]);
  };
  /** That gold has written the headers is no event. */
  const lookAgain = (uri: Uri) => {
    const key = uri.toString();
    clearTimeout(blank.get(key));
    if (!isBeingWritten(uri, patience)) return;
    const look = () => {
      blank.delete(key);
      changed(uri);
    };
    blank.set(key, setTimeout(look, BUILD_QUIET));
  };
  const created = async (uri: Uri) => {
    changed(uri);
    if (!isLeftOut(uri) && (await isFolder(uri))) settling.stir();
  };
  const gone = (uri: Uri) => {
    settling.drop(uri); // of one that nobody knew, as of a draft, there is nothing to wait for
    settling.touch(knownAt(uri));
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
  return {
    isWaiting: settling.isWaiting,
    expect: (unfinished) => unfinished.forEach(changed),
    dispose() {
      for (const timer of blank.values()) clearTimeout(timer);
      Disposable.from(settling, ...watching).dispose();
    },
  };
}

const isFolder = (uri: Uri): Thenable<boolean> =>
  workspace.fs.stat(uri).then(
    ({ type }) => (type & FileType.Directory) !== 0,
    () => false,
  );
