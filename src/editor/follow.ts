import { Disposable, l10n, type Uri, workspace } from 'vscode';
import { messageOf } from './errors.js';
import { type Reading, readProgram, unreadable } from './reading.js';
import { watchFile } from './watch-file.js';

/** Linkers write a file in many steps. Reading waits until this long nothing happened to it, in ms. */
const QUIET = 300;

/**
 * Reads the binary at a URI now and again whenever it was rebuilt, or its libraries are to be looked
 * for elsewhere, until disposed. A file that is
 * gone or half written is a reading that says so; the next change brings the next reading. So is one
 * that `use` throws at, which is then called again with the reason.
 * @param use also gets whether the file was written since the reading before
 */
export function followProgram(
  uri: Uri,
  use: (reading: Reading, rewritten: boolean) => void,
): Disposable {
  let latest = 0;
  let timer: NodeJS.Timeout | undefined;
  const read = async (rewritten: boolean) => {
    const turn = ++latest;
    watching.again();
    const reading = await readProgram(uri);
    // A slow read must not undo what a later one has brought.
    if (turn !== latest) return;
    try {
      use(reading, rewritten);
    } catch (error) {
      use(unreadable(l10n.t('It was read, but cannot be shown: {0}', messageOf(error))), rewritten);
    }
  };
  const watching = watchFile(uri, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void read(true), QUIET);
  });
  const configured = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('pagecost.sysroot', uri)) void read(false);
  });
  void read(false);
  return new Disposable(() => {
    latest = Number.POSITIVE_INFINITY;
    clearTimeout(timer);
    watching.dispose();
    configured.dispose();
  });
}
