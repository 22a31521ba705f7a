import { type CancellationToken, FileType, RelativePattern, type Uri, workspace } from 'vscode';
import { localFile } from '#editor/binaries/local-file.js';
import { isLeftOut } from '../../left-out-folders.js';
import { inSlices, type Steps } from '../../steps.js';
import { isUnfinished } from '../binaries/being-written.js';
import { contentOf } from '../binaries/file-content.js';
import { pathBelow } from '../path-names.js';
import { programGlobs } from './program-globs.js';

/** Files that are looked at in a folder. */
const MAX_FILES = 20_000;
/** Files that are asked about at once. */
const BATCH = 100;
/** What CMake and Meson try a compiler with. */
const TRIALS = /(?:^|\/)(?:CMakeFiles|meson-private)\//;

/** The executable of a folder that was built last. */
export interface NewestProgram {
  readonly uri: Uri | undefined;
  /** Whether files were left out, for there are too many. */
  readonly limited: boolean;
  /** Those no older than it that a linker may be at work on, itself among them. */
  readonly unfinished: readonly Uri[];
}

/**
 * Looks for the executable that was written last where builds write them (`programGlobs`), told by what is
 * in it. Of those of the same time it is the first by its path. None is found that is not on this machine.
 *
 * @param most files that are looked at
 */
export async function newestProgram(
  folder: Uri,
  token: CancellationToken,
  most = MAX_FILES,
): Promise<NewestProgram> {
  if (!localFile(folder)) return { uri: undefined, limited: false, unfinished: [] };
  const { files, limited } = await filesOf(folder, token, most);
  const newestFirst = (await datedFiles(files, token)).sort(byTime);
  return { ...(await inSlices(lookingInto(newestFirst, token))), limited };
}

/** Most files are no programs: only as many are looked into as are newer than the newest one. */
function* lookingInto(
  newestFirst: readonly DatedFile[],
  token: CancellationToken,
): Steps<Omit<NewestProgram, 'limited'>> {
  const unfinished: Uri[] = [];
  for (const { uri } of newestFirst) {
    if (token.isCancellationRequested) break;
    const content = contentOf(uri);
    if (isUnfinished(uri, content)) unfinished.push(uri);
    if (content === 'program') return { uri, unfinished };
    yield;
  }
  return { uri: undefined, unfinished };
}

/**
 * Whether a program, where it is in a folder, would be a tool or a trial of a build, and not what that is for.
 * The folder itself may be anywhere: somebody may work on what is installed.
 */
export function isAside(folder: Uri, { path }: Uri): boolean {
  const name = pathBelow(folder.path, path) ?? path;
  return isLeftOut(name) || TRIALS.test(name);
}

/** Each once, whatever patterns it matches. */
async function filesOf(
  folder: Uri,
  token: CancellationToken,
  most: number,
): Promise<{ readonly files: readonly Uri[]; readonly limited: boolean }> {
  const files = new Map<string, Uri>();
  let left = most;
  for (const glob of programGlobs(folder)) {
    if (left <= 0 || token.isCancellationRequested) break;
    const found = await filesLike(new RelativePattern(folder, glob), left, token);
    left -= found.length;
    for (const uri of found) if (!isAside(folder, uri)) files.set(uri.path, uri);
  }
  return { files: [...files.values()], limited: left <= 0 };
}

/**
 * None of a pattern that is none, and of a folder that is gone. Those that the Explorer does not show, as many
 * people have it with builds, are among them.
 */
const filesLike = (pattern: RelativePattern, most: number, token: CancellationToken) =>
  workspace.findFiles(pattern, null, most, token).then(
    (files) => files,
    () => [],
  );

interface DatedFile {
  readonly uri: Uri;
  /** When it was last written, in ms since 1970. */
  readonly time: number;
}

async function datedFiles(files: readonly Uri[], token: CancellationToken): Promise<DatedFile[]> {
  const dated: DatedFile[] = [];
  for (let i = 0; i < files.length && !token.isCancellationRequested; i += BATCH) {
    const times = await Promise.all(files.slice(i, i + BATCH).map(timeOf));
    for (const [j, time] of times.entries()) {
      const uri = files[i + j];
      if (uri && time !== undefined) dated.push({ uri, time });
    }
  }
  return dated;
}

/** Undefined of what is no file, or is gone since. */
const timeOf = (uri: Uri): Thenable<number | undefined> =>
  workspace.fs.stat(uri).then(
    ({ type, mtime }) => (type & FileType.File ? mtime : undefined),
    () => undefined,
  );

const byTime = (a: DatedFile, b: DatedFile): number =>
  b.time - a.time || (a.uri.path < b.uri.path ? -1 : 1);
