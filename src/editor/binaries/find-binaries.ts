import {
  type CancellationToken,
  RelativePattern,
  type Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { type LocalFile, localFile } from '#editor/binaries/local-file.js';
import { isLoadable } from '../../binary/binary.js';
import { unsaid } from '../../binary/diagnostic.js';
import { readElfHeader } from '../../binary/elf-header.js';
import { LEFT_OUT_FOLDERS } from '../../left-out-folders.js';
import { inSlices, type Steps } from '../../steps.js';
import { isBlank, isUnfinished } from './being-written.js';

/** Files whose first bytes are looked at. A search is for finding one's build, not for an inventory. */
const MAX_FILES = 20_000;
const LEFT_OUT = `**/{${LEFT_OUT_FOLDERS.join(',')}}/**`;

/** A program or shared library that a workspace has. */
export interface FoundBinary {
  readonly uri: Uri;
  readonly size: number;
  /** When it was last written, in ms since 1970. */
  readonly modified: number;
}

export interface Found {
  /** The newest first. */
  readonly binaries: readonly FoundBinary[];
  /** Whether files were left out, for there are too many. */
  readonly limited: boolean;
  /** Whether folders were left out, for they are not on this machine. */
  readonly elsewhere: boolean;
  /** Those that a linker may be at work on, and files that may become binaries. */
  readonly unfinished: readonly Uri[];
}

/**
 * The binaries of the workspace's folders on this machine, told by their first bytes: names of
 * programs say nothing. Elsewhere that would take fetching every file, so none is looked for there.
 *
 * @param within the only folder to search
 */
export async function findBinaries(
  token?: CancellationToken,
  within?: WorkspaceFolder,
): Promise<Found> {
  const pattern = within ? new RelativePattern(within, '**/*') : '**/*';
  const files = await workspace.findFiles(pattern, LEFT_OUT, MAX_FILES, token);
  const { binaries, unfinished } = await inSlices(lookingAt(files, token));
  const searched = within ? [within] : (workspace.workspaceFolders ?? []);
  const elsewhere = searched.some((folder) => !localFile(folder.uri));
  return { binaries, limited: files.length === MAX_FILES, elsewhere, unfinished };
}

function* lookingAt(
  files: readonly Uri[],
  token: CancellationToken | undefined,
): Steps<Pick<Found, 'binaries' | 'unfinished'>> {
  const binaries: FoundBinary[] = [];
  const unfinished: Uri[] = [];
  for (const uri of files) {
    if (token?.isCancellationRequested) break;
    const local = localFile(uri);
    const found = local && lookAt(local);
    if (isUnfinished(uri, found)) unfinished.push(uri);
    if (found && found !== 'blank') binaries.push({ uri, ...found });
    yield;
  }
  binaries.sort((a, b) => b.modified - a.modified);
  return { binaries, unfinished };
}

/** A file with something to load in it, or that is to get it; object files and core dumps are no programs. */
function lookAt(file: LocalFile): Omit<FoundBinary, 'uri'> | 'blank' | undefined {
  const opened = file.read((source) => {
    const header = readElfHeader(source, unsaid);
    if (header && isLoadable(header)) return { size: source.size, modified: file.modified() };
    return isBlank(source) ? 'blank' : undefined;
  });
  return 'value' in opened ? opened.value : undefined;
}
