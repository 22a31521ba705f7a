import { l10n, Uri, window } from 'vscode';
import { localFile } from '#editor/binaries/local-file.js';
import { printable } from '../../format.js';
import { type Item, pickFile } from '../binaries/pick-binary.js';
import type { View } from '../panel/view.js';
import { basename } from '../path-names.js';
import { type Other, readBase } from './read-base.js';

/**
 * Shows how a program differs from another, which is the one before.
 * @param uri of a binary
 * @param given a binary to compare it with; or a list, as the Explorer gives of what is selected in
 *   it: of two, the first is the one before. Without, the user is asked.
 */
export async function compareBinaries(
  uri: Uri,
  given: unknown,
  viewOf: (uri: Uri) => View,
): Promise<void> {
  const selected = Array.isArray(given) ? given : [];
  if (selected.length > 2) {
    const message = l10n.t('Two binaries can be compared; {0} are selected.', selected.length);
    void window.showInformationMessage(message);
    return;
  }
  const [before, after] =
    selected.length === 2 ? selected : [given instanceof Uri ? given : await pickOther(uri), uri];
  if (before) await compareWith(viewOf(after), before);
}

const compareWith = (view: View, other: Other): Promise<void> =>
  view.comparing.compareWith(() => readBase(view.uri, other));

function pickOther(uri: Uri): Promise<Other | undefined> {
  const title = l10n.t('Compare {0} With…', printable(basename(uri.path)));
  return pickFile<Other>({
    title,
    listTitle: title,
    openLabel: l10n.t('Compare'),
    except: uri,
    first: localFile(uri) ? [atHead()] : [],
  });
}

const atHead = (): Item<Other> => ({
  label: `$(git-commit) ${l10n.t('Version at git HEAD')}`,
  description: l10n.t('the same file, as the last commit has it'),
  alwaysShow: true,
  answer: 'commit',
});
