import { l10n, type Uri, type WorkspaceFolder, window, workspace } from 'vscode';
import { printable } from '../../format.js';
import { type Item, pickFile, withoutIcons } from '../binaries/pick-binary.js';
import { basename } from '../path-names.js';
import type { FolderPrograms } from './folder-programs.js';

/** Goes by builds again. */
const NEWEST = 'newest';

/**
 * Lets the user choose which program the code of a workspace folder is of.
 * @param where a file of the folder; undefined for that of the editor, or of the user's choice
 */
export async function chooseProgram(folderPrograms: FolderPrograms, where?: Uri): Promise<void> {
  const folder = await folderFor(where);
  if (!folder) return;
  const answer = await pickFile<typeof NEWEST>({
    title: l10n.t('Choose Program for This Folder'),
    listTitle: l10n.t('Program of {0}', printable(folder.name)),
    openLabel: l10n.t('Choose'),
    within: folder,
    first: [newestItem(folderPrograms.chosen(folder), folderPrograms.isLimited(folder))],
  });
  if (answer === undefined) return;
  folderPrograms.choose(folder, answer === NEWEST ? undefined : answer);
}

const newestItem = (chosen: Uri | undefined, limited: boolean): Item<typeof NEWEST> => ({
  label: `$(history) ${l10n.t('(newest build)')}`,
  description: chosen
    ? l10n.t('instead of {0}', withoutIcons(printable(basename(chosen.path))))
    : l10n.t('as it is now'),
  detail: limited
    ? l10n.t('Only a part of this large folder was searched: there may be a newer one.')
    : l10n.t('Goes by what was built last, until the estimate of another is opened.'),
  answer: NEWEST,
});

async function folderFor(where: Uri | undefined): Promise<WorkspaceFolder | undefined> {
  const { workspaceFolders: folders = [] } = workspace;
  const place = where ?? window.activeTextEditor?.document.uri;
  const folder = place && workspace.getWorkspaceFolder(place);
  if (folder) return folder;
  if (folders.length > 1) return window.showWorkspaceFolderPick();
  if (folders.length === 0) {
    void window.showInformationMessage(l10n.t('Open a folder first: a program is chosen for one.'));
  }
  return folders[0];
}
