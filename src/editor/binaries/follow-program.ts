import { Disposable, l10n, type Uri, workspace } from 'vscode';
import { localFile } from '#editor/binaries/local-file.js';
import { messageOf } from '../errors.js';
import { isBeingWritten, PATIENCE } from './being-written.js';
import { isWhole, type Reading, readProgram, unreadable } from './reading.js';
import { watchFile } from './watch-file.js';

/** Linkers write a file in many steps. Reading waits until this long nothing happened to it, in ms. */
const QUIET = 300;

/**
 * Reads the binary at a URI now and again whenever it was rebuilt, or its libraries are to be looked
 * for elsewhere, until disposed. A file that is gone or half written at first, or stays so, is a reading
 * that says so; the next change brings the next reading. So is one that `use` throws at, which is then
 * called again with the reason.
 *
 * Not every change is told (`isBeingWritten`), and VS Code takes a while to watch a place. So what may be being
 * written is not read yet, and after each reading the file is looked at once more.
 * @param use also gets whether the file was written since the reading before
 * @param patience how long what is not whole has to stay so until it takes the place of what was, how long a
 *   file is not read that is written all the time, and when one is looked at once more, in ms
 */
export function followProgram(
  uri: Uri,
  use: (reading: Reading, rewritten: boolean) => void,
  patience = PATIENCE,
): Disposable {
  let latest = 0;
  let timer: NodeJS.Timeout | undefined;
  let looking: NodeJS.Timeout | undefined;
  let wasWhole = false;
  let rewritten = false;
  const later = (delay: number, waited = delay) => {
    clearTimeout(timer);
    timer = setTimeout(() => void read(waited), delay);
  };
  const changed = () => {
    rewritten = true;
    later(QUIET);
  };
  const read = async (waited: number) => {
    const turn = ++latest;
    watching.again();
    if (waited < patience && isBeingWritten(uri, QUIET)) return later(QUIET, waited + QUIET);
    const before = await stateOf(uri);
    const reading = await readProgram(uri);
    // A slow read must not undo what a later one has brought.
    if (turn !== latest) return;
    const whole = isWhole(reading);
    if (rewritten && wasWhole && !whole && waited < patience) return later(patience);
    wasWhole = whole;
    clearTimeout(looking);
    looking = setTimeout(() => void lookAgain(turn, before), patience);
    const wasRewritten = rewritten;
    rewritten = false;
    try {
      use(reading, wasRewritten);
    } catch (error) {
      const why = l10n.t('It was read, but cannot be shown: {0}', messageOf(error));
      use(unreadable(why), wasRewritten);
    }
  };
  const lookAgain = async (turn: number, before: string) => {
    if ((await stateOf(uri)) !== before && turn === latest) changed();
  };
  const watching = watchFile(uri, changed);
  const configured = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('pagecost.sysroot', uri)) void read(0);
  });
  void read(0);
  return new Disposable(() => {
    latest = Number.POSITIVE_INFINITY;
    clearTimeout(timer);
    clearTimeout(looking);
    watching.dispose();
    configured.dispose();
  });
}

/** Another one once the file was written, or is gone, or there again. */
const stateOf = (uri: Uri): Thenable<string> =>
  workspace.fs.stat(uri).then(
    // Elsewhere the time may be that of the question.
    ({ mtime, size }) => (localFile(uri) ? `${size} ${mtime}` : `${size}`),
    () => '',
  );
