import { Disposable, l10n, type Uri, workspace } from 'vscode';
import { messageOf } from './errors.js';
import { isWhole, type Reading, readProgram, unreadable } from './reading.js';
import { watchFile } from './watch-file.js';

/** Linkers write a file in many steps. Reading waits until this long nothing happened to it, in ms. */
const QUIET = 300;
/** The same once it is gone, or there in part: a slow linker may be at work. */
export const PATIENCE = 5000;

/**
 * Reads the binary at a URI now and again whenever it was rebuilt, or its libraries are to be looked
 * for elsewhere, until disposed. A file that stays
 * gone or half written is a reading that says so; the next change brings the next reading. So is one
 * that `use` throws at, which is then called again with the reason.
 * @param use also gets whether the file was written since the reading before
 * @param patience how long what is not whole has to stay so until it takes the place of what was, in ms
 */
export function followProgram(
  uri: Uri,
  use: (reading: Reading, rewritten: boolean) => void,
  patience = PATIENCE,
): Disposable {
  let latest = 0;
  let timer: NodeJS.Timeout | undefined;
  let wasWhole = false;
  const later = (delay: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void read(true, delay), delay);
  };
  const read = async (rewritten: boolean, waited: number) => {
    const turn = ++latest;
    watching.again();
    const reading = await readProgram(uri);
    // A slow read must not undo what a later one has brought.
    if (turn !== latest) return;
    const whole = isWhole(reading);
    if (rewritten && wasWhole && !whole && waited < patience) return later(patience);
    wasWhole = whole;
    try {
      use(reading, rewritten);
    } catch (error) {
      use(unreadable(l10n.t('It was read, but cannot be shown: {0}', messageOf(error))), rewritten);
    }
  };
  const watching = watchFile(uri, () => later(QUIET));
  const configured = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('pagecost.sysroot', uri)) void read(false, 0);
  });
  void read(false, 0);
  return new Disposable(() => {
    latest = Number.POSITIVE_INFINITY;
    clearTimeout(timer);
    watching.dispose();
    configured.dispose();
  });
}
