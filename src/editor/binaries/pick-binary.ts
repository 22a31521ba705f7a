import {
  CancellationTokenSource,
  l10n,
  type QuickPickItem,
  type Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import { bytes, dayAndTime, printable } from '../../format.js';
import { messageOf } from '../errors.js';
import { paletteClosed } from '../palette-closed.js';
import { basename, dirname } from '../path-names.js';
import { type Found, type FoundBinary, findBinaries } from './find-binaries.js';

export interface Item<T> extends QuickPickItem {
  /** Undefined for the item that asks for another file. */
  readonly answer: T | undefined;
}

interface Question<T> {
  /** Of the dialog for other files. */
  readonly title: string;
  /** Of the list; undefined where what it is for goes without saying. */
  readonly listTitle?: string | undefined;
  /** What is done to the file chosen. */
  readonly openLabel: string;
  /** A binary that is no answer. */
  readonly except?: Uri;
  /** The only folder that is searched; all of the workspace's where not said. */
  readonly within?: WorkspaceFolder;
  /** Answers before the binaries. */
  readonly first?: readonly Item<T>[];
}

/**
 * Lets the user choose a binary to estimate.
 * @param why it is not the file that the user is looking at
 */
export const pickBinary = (why?: string): Promise<Uri | undefined> =>
  pickFile<Uri>({
    title: l10n.t('Estimate Process Cost'),
    listTitle: why,
    openLabel: l10n.t('Estimate'),
  });

/**
 * Lets the user choose one of the workspace's binaries, or any other file. The list is there at
 * once, and fills when the search is done; closing it ends the search.
 */
export async function pickFile<T>(question: Question<T | Uri>): Promise<T | Uri | undefined> {
  const { listTitle, except, within, first = [] } = question;
  const search = new CancellationTokenSource();
  const list = window.createQuickPick<Item<T | Uri>>();
  list.title = listTitle;
  list.placeholder = l10n.t('Looking for binaries in the workspace…');
  list.matchOnDescription = true;
  list.busy = true;
  // A panel gets its focus back after the palette, and may be late: that is nobody who looks elsewhere.
  list.ignoreFocusOut = true;
  list.items = [...first, browseItem()];
  const chosen = new Promise<Item<T | Uri> | undefined>((resolve) => {
    // While the list fills, one can be taken that is gone: then the list stays.
    list.onDidAccept(() => list.selectedItems[0] && resolve(list.selectedItems[0]));
    list.onDidHide(() => resolve(undefined));
  });
  await paletteClosed();
  list.show();
  void findBinaries(search.token, within)
    .then((found) => {
      const others = found.binaries.filter(({ uri }) => uri.toString() !== except?.toString());
      list.placeholder = placeholder({ ...found, binaries: others });
      list.items = [...first, ...others.map(binaryItem), browseItem()];
    })
    .catch((error) => {
      list.placeholder = l10n.t('The workspace could not be searched: {0}', messageOf(error));
    })
    .finally(() => {
      list.busy = false;
      list.ignoreFocusOut = false;
    });
  const item = await chosen;
  search.cancel();
  search.dispose();
  list.dispose();
  if (!item) return undefined;
  return item.answer ?? browse(question);
}

async function browse({
  title,
  openLabel,
}: Pick<Question<never>, 'title' | 'openLabel'>): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({ title, openLabel });
  return chosen?.[0];
}

const browseItem = (): Item<never> => ({
  label: `$(folder-opened) ${l10n.t('Choose another file…')}`,
  alwaysShow: true,
  answer: undefined,
});

const binaryItem = ({ uri, size, modified }: FoundBinary): Item<Uri> => ({
  label: withoutIcons(printable(basename(uri.path))),
  description: placeOf(uri),
  detail: `${bytes(size)}, ${dayAndTime(modified)}`,
  answer: uri,
});

/** The folder a file is in, from the workspace folder on; nothing at its top. */
export function placeOf(uri: Uri): string {
  const folder = dirname(workspace.asRelativePath(uri));
  return folder === '.' ? '' : withoutIcons(printable(folder));
}

/** Labels may hold `$(icon)`, and so may a file's name. */
export const withoutIcons = (text: string) => text.replaceAll('$(', '$\u200b(');

function placeholder({ binaries, limited, elsewhere }: Found): string {
  if (elsewhere)
    return l10n.t('Which binary? Folders that are not on this machine are not searched.');
  if (limited) return l10n.t('Which binary? Only a part of this large workspace was searched.');
  if (binaries.length === 0) return l10n.t('There are no binaries in the workspace.');
  return l10n.t('Which binary? The newest is first.');
}
