import { Uri, workspace } from 'vscode';
import { printable } from '../../format.js';
import { exists } from './exists.js';

/** A file that a path names. */
export interface Located {
  readonly uri: Uri;
  /** Whether the file is in none of the workspace's folders. */
  readonly isOutside: boolean;
}

/**
 * The file that a path names, absolute or from a workspace folder; of several folders, the first that has it.
 *
 * @throws where it names none; the message is for who gave the path
 */
export async function locate(path: unknown): Promise<Located> {
  if (typeof path !== 'string' || path === '') {
    throw new Error(
      'path is missing: that of a compiled program, absolute or from a workspace folder.',
    );
  }
  const folders = workspace.workspaceFolders ?? [];
  if (/^(?:[/\\]|[a-z]:[/\\])/i.test(path)) {
    // Without the dots in it, which could lead out of the folder it seems to be in.
    const file = Uri.joinPath(Uri.file(path), '.');
    const elsewhere = folders.map(({ uri }) => uri.with({ path: file.path }));
    const inside = [file, ...elsewhere].find(isInWorkspace);
    return { uri: inside ?? file, isOutside: !inside };
  }
  const inside = folders.map(({ uri }) => Uri.joinPath(uri, path)).filter(isInWorkspace);
  const found = await firstThatExists(inside);
  if (found) return { uri: found, isOutside: false };
  const names = folders.map(({ uri }) => printable(uri.path)).join(', ');
  throw new Error(
    inside.length > 0
      ? `There is no file ${printable(path)} in ${names}. Name a built program there, or an absolute path.`
      : `${printable(path)} is in no workspace folder${names && ` (${names})`}. Give an absolute path.`,
  );
}

const isInWorkspace = (uri: Uri): boolean => workspace.getWorkspaceFolder(uri) !== undefined;

async function firstThatExists(uris: readonly Uri[]): Promise<Uri | undefined> {
  for (const uri of uris) if (await exists(uri)) return uri;
  return undefined;
}
