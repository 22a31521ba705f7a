import { Disposable, FileType, type GlobPattern, type Uri, workspace } from 'vscode';
import { localFile } from '#editor/binaries/local-file.js';
import { isCutOff } from '../../binary/diagnostic.js';
import { readElfHeaders } from '../../binary/elf.js';
import { readIfStarted } from '../../binary/elf-started.js';
import { isBeingWritten } from '../binaries/being-written.js';
import { PATIENCE } from '../binaries/follow-program.js';

/** A build writes many files. What it made is looked for when this long none was written, in ms. */
const QUIET = 1000;

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
}

/**
 * Calls `built` when programs of this machine were written or removed where the patterns say, and nothing
 * more has happened for a while, until disposed. Files that are no programs, as sources are, do not count.
 *
 * @param patience how long what is gone, or there in part, has to stay so until it counts, in ms: a linker
 *   may be at work
 */
export function followBuilds(
  patterns: readonly GlobPattern[],
  { isLeftOut, known }: Following,
  built: () => void,
  patience = PATIENCE,
): FollowedBuilds {
  const touched = new Map<string, { readonly uri: Uri; readonly time: number }>();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const later = (delay: number) => {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(settle, delay);
  };
  const settle = () => {
    const uris = [...touched.values()].map(({ uri }) => uri);
    const growing = uris.filter((uri) => isBeingWritten(uri, QUIET));
    if (growing.length > 0) return touch(growing);
    const partial = [...touched.values()].filter(({ uri }) => !isWholeProgram(uri));
    const left = partial.map(({ time }) => time + patience - performance.now());
    if (left.some((delay) => delay > 0)) return later(Math.max(...left));
    timer = undefined;
    touched.clear();
    built();
  };
  const touch = (programs: readonly Uri[]) => {
    for (const uri of programs) touched.set(uri.toString(), { uri, time: performance.now() });
    if (programs.length > 0) later(QUIET);
  };
  /** A folder may come and go with programs in it, and without a word of them. */
  const knownAt = (uri: Uri) => known().filter((one) => `${one}/`.startsWith(`${uri}/`));
  const changed = (uri: Uri) => {
    if (isLeftOut(uri)) return;
    const programs = knownAt(uri);
    touch(programs.length === 0 && mayBeProgram(uri) ? [uri] : programs);
  };
  const created = async (uri: Uri) => {
    changed(uri);
    if (!isLeftOut(uri) && (await isFolder(uri))) later(QUIET);
  };
  const gone = (uri: Uri) => {
    touched.delete(uri.toString()); // of one that nobody knew, as of a draft, there is nothing to wait for
    touch(knownAt(uri));
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
    isWaiting: () => timer !== undefined,
    dispose() {
      ended = true;
      clearTimeout(timer);
      Disposable.from(...watching).dispose();
    },
  };
}

/** A program to start, or one that is written only in part. */
function mayBeProgram(uri: Uri): boolean {
  const opened = localFile(uri)?.read(readIfStarted);
  return opened !== undefined && 'value' in opened && opened.value !== undefined;
}

/** Whether all of a program is there, as far as its headers tell. */
function isWholeProgram(uri: Uri): boolean {
  const opened = localFile(uri)?.read(readElfHeaders);
  if (!opened || !('value' in opened)) return false;
  const { header, diagnostics } = opened.value;
  return header !== undefined && !isCutOff(diagnostics);
}

const isFolder = (uri: Uri): Thenable<boolean> =>
  workspace.fs.stat(uri).then(
    ({ type }) => (type & FileType.Directory) !== 0,
    () => false,
  );
