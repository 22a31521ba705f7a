import { l10n, Uri, window } from 'vscode';
import { localFile } from '#editor/local-file.js';
import { printable, printableText } from '../format.js';
import { type Base, encodeProgram } from '../protocol.js';
import { readCommitted } from './compare-git.js';
import { withoutLinks } from './notification-text.js';
import { basename } from './path-names.js';
import { type Item, pickFile } from './pick-binary.js';
import { readProgram } from './reading.js';
import type { View } from './view.js';

/** What a program can be compared with: another file, or what the last commit has of its own. */
type Other = Uri | 'commit';

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

/** Undefined where the other cannot be read: then a message says why. */
async function readBase(uri: Uri, other: Other): Promise<Base | undefined> {
  const file = other === 'commit' ? uri : other;
  const reading = await (other === 'commit' ? readCommitted(uri) : readProgram(other));
  const { program, diagnostics, restrictedReason } = reading;
  if (program) {
    return {
      kind: other === 'commit' ? 'commit' : 'file',
      fileName: basename(file.path),
      program: encodeProgram(program),
      time: Date.now(),
      restrictedReason,
    };
  }
  const reason = diagnostics[0]?.message ?? l10n.t('It is no binary.');
  const message = l10n.t('Not compared with {0}: {1}', basename(file.path), reason);
  void window.showErrorMessage(withoutLinks(printableText(message)));
  return undefined;
}
