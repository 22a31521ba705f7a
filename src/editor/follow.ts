import { Disposable, type FileStat, l10n, type Uri, workspace } from 'vscode';
import { messageOf } from './errors.js';
import { isWhole, type Reading, readProgram, unreadable } from './reading.js';
import { watchFile } from './watch-file.js';

/** Linkers write a file in many steps. Reading waits until this long nothing happened to it, in ms. */
const QUIET = 300;
/** The same once it is gone, or there in part: a slow linker may be at work. */
export const PATIENCE = 5000;

/**
 * Reads the binary at a URI now and again whenever it was rebuilt, or its libraries are to be looked
 * for elsewhere, until disposed. A file that is gone or half written at first, or stays so, is a reading
 * that says so; the next change brings the next reading. So is one that `use` throws at, which is then
 * called again with the reason.
 *
 * Not every change is told: VS Code takes a while to watch a place, and what gold writes through a mapping is
 * no event, in a file of full size whose headers are there at once. So a file that was written just now is
 * not read yet, and after each reading it is looked at once more.
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
  const later = (delay: number, rewritten = true, waited = delay) => {
    clearTimeout(timer);
    timer = setTimeout(() => void read(rewritten, waited), delay);
  };
  const read = async (rewritten: boolean, waited: number) => {
    const turn = ++latest;
    watching.again();
    const before = await stateOf(uri);
    if (turn !== latest) return;
    if (before && isFresh(before.mtime, QUIET) && waited < patience)
      return later(QUIET, rewritten, waited + QUIET);
    const reading = await readProgram(uri);
    // A slow read must not undo what a later one has brought.
    if (turn !== latest) return;
    const whole = isWhole(reading);
    if (rewritten && wasWhole && !whole && waited < patience) return later(patience);
    wasWhole = whole;
    clearTimeout(looking);
    looking = setTimeout(() => void lookAgain(turn, before), patience);
    try {
      use(reading, rewritten);
    } catch (error) {
      use(unreadable(l10n.t('It was read, but cannot be shown: {0}', messageOf(error))), rewritten);
    }
  };
  const lookAgain = async (turn: number, before: State | undefined) => {
    const now = await stateOf(uri);
    const isSame = now?.mtime === before?.mtime && now?.size === before?.size;
    if (!isSame && turn === latest) later(QUIET);
  };
  const watching = watchFile(uri, () => later(QUIET));
  const configured = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('pagecost.sysroot', uri)) void read(false, 0);
  });
  void read(false, 0);
  return new Disposable(() => {
    latest = Number.POSITIVE_INFINITY;
    clearTimeout(timer);
    clearTimeout(looking);
    watching.dispose();
    configured.dispose();
  });
}

type State = Pick<FileStat, 'mtime' | 'size'>;

/** Undefined of a file that is gone. */
const stateOf = (uri: Uri): Thenable<State | undefined> =>
  workspace.fs.stat(uri).then(
    (stat) => stat,
    () => undefined,
  );

/**
 * Whether a file was written so shortly ago that somebody may be at it; not by a clock that is ahead of ours.
 * @param mtime in ms since 1970
 * @param quiet in ms
 */
export function isFresh(mtime: number, quiet: number): boolean {
  const age = Date.now() - mtime;
  return age >= 0 && age < quiet;
}
