import { basename, dirname } from 'node:path/posix';
import {
  CancellationTokenSource,
  l10n,
  type QuickPickItem,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { bytes, printable } from '../format.js';
import { messageOf } from './errors.js';
import { type Found, type FoundBinary, findBinaries } from './find-binaries.js';

interface Item extends QuickPickItem {
  /** Undefined for the item that asks for another file. */
  readonly uri: Uri | undefined;
}

/**
 * Lets the user choose one of the workspace's binaries, or any other file. The list is there at
 * once, and fills when the search is done; closing it ends the search.
 */
export async function pickBinary(): Promise<Uri | undefined> {
  const search = new CancellationTokenSource();
  const list = window.createQuickPick<Item>();
  list.placeholder = l10n.t('Looking for binaries in the workspace…');
  list.matchOnDescription = true;
  list.busy = true;
  list.items = [browseItem()];
  const chosen = new Promise<Item | undefined>((resolve) => {
    list.onDidAccept(() => resolve(list.selectedItems[0]));
    list.onDidHide(() => resolve(undefined));
  });
  list.show();
  void findBinaries(search.token)
    .then((found) => {
      list.placeholder = placeholder(found);
      list.items = [...found.binaries.map(binaryItem), browseItem()];
    })
    .catch((error) => {
      list.placeholder = l10n.t('The workspace could not be searched: {0}', messageOf(error));
    })
    .finally(() => {
      list.busy = false;
    });
  const item = await chosen;
  search.cancel();
  search.dispose();
  list.dispose();
  if (!item) return undefined;
  return item.uri ?? browse();
}

async function browse(): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({
    title: l10n.t('Estimate Process Cost'),
    openLabel: l10n.t('Estimate'),
  });
  return chosen?.[0];
}

const browseItem = (): Item => ({
  label: `$(folder-opened) ${l10n.t('Choose another file…')}`,
  alwaysShow: true,
  uri: undefined,
});

const binaryItem = ({ uri, size, modified }: FoundBinary): Item => ({
  label: withoutIcons(printable(basename(uri.path))),
  description: withoutIcons(printable(dirname(workspace.asRelativePath(uri)))),
  detail: `${bytes(size)}, ${new Date(modified).toLocaleString()}`,
  uri,
});

/** Labels may hold `$(icon)`, and so may a file's name. */
const withoutIcons = (text: string) => text.replaceAll('$(', '$\u200b(');

function placeholder({ binaries, limited }: Found): string {
  if (limited) return l10n.t('Which binary? Only a part of this large workspace was searched.');
  if (binaries.length === 0) return l10n.t('There are no binaries in the workspace.');
  return l10n.t('Which binary? The newest is first.');
}
