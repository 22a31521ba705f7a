import { extensions, FileSystemError, l10n, Uri, workspace } from 'vscode';
import { type Reading, readVersion, unreadable } from '../binaries/reading.js';
import { messageOf } from '../errors.js';

/** As much of the built-in git extension's API as is used (extensions/git/src/api/git.d.ts). */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  getRepository(uri: Uri): unknown;
  /** Of a folder. */
  getRepositoryRoot(folder: Uri): Promise<Uri | null>;
  openRepository(root: Uri): Promise<unknown>;
  /** Where `workspace.fs` has the version of a file that a commit has. */
  toGitUri(uri: Uri, ref: string): Uri;
}

/** Reads a binary as the last commit has it. Never rejects: where there is no such version, it says so. */
export async function readCommitted(uri: Uri): Promise<Reading> {
  const extension = extensions.getExtension<GitExtension>('vscode.git');
  if (!extension) return unreadable(l10n.t('The Git extension is not installed, or not enabled.'));
  try {
    const git = extension.isActive ? extension.exports : await extension.activate();
    if (!git.enabled) return unreadable(l10n.t('Git is switched off (the setting git.enabled).'));
    const api = git.getAPI(1);
    if (!(await isInRepository(uri, api))) {
      return unreadable(l10n.t('The file is in no Git repository.'));
    }
    const version = api.toGitUri(uri, 'HEAD');
    await workspace.fs.stat(version);
    return await readVersion(uri, version);
  } catch (error) {
    const absent = error instanceof FileSystemError && error.code === 'FileNotFound';
    return unreadable(
      absent
        ? l10n.t('The last commit does not have the file.')
        : l10n.t('Git could not be asked: {0}', messageOf(error)),
    );
  }
}

/** VS Code does not open repositories outside of the workspace by itself. */
async function isInRepository(uri: Uri, api: GitApi): Promise<boolean> {
  if (api.getRepository(uri)) return true;
  const root = await api.getRepositoryRoot(Uri.joinPath(uri, '..'));
  if (root) await api.openRepository(root);
  return Boolean(api.getRepository(uri));
}
