import { CancellationTokenSource, Disposable, RelativePattern, type Uri, workspace } from 'vscode';
import { exists } from '../binaries/exists.js';
import { type LazyBinary, lazyBinary } from '../binaries/lazy-binary.js';
import { followBuilds } from '../builds/follow-builds.js';
import type { LastBuilds } from '../builds/last-builds.js';
import { isAside, newestProgram } from './newest-program.js';
import { programGlobs } from './program-globs.js';

/** Why a program is the one of its folder. */
export type Reason = 'chosen' | 'opened' | 'newest';

/** Which program the code of a workspace folder is of. */
export interface FolderProgram extends Disposable {
  /** Looks for it first, where that was not done. Undefined where there is none, or no folder any more. */
  binary(): Promise<LazyBinary | undefined>;
  /** Why it is that one; undefined where there is none. */
  reason(): Reason | undefined;
  /** Whether files were left out when it was looked for, for there are too many. */
  isLimited(): boolean;
  /** The estimate of a program was opened. */
  open(program: Uri): void;
  /** Undefined to go by the newest build again, whatever was opened before. */
  choose(program: Uri | undefined): void;
}

/** What the user chose, which outlives a reload. */
export interface Choice {
  get(): Uri | undefined;
  set(program: Uri | undefined): void;
}

/**
 * @param folder undefined for the files of no folder, for which nothing is looked for
 * @param changed called when it may be another program, or another build of it
 */
export function createFolderProgram(
  folder: Uri | undefined,
  choice: Choice,
  lastBuilds: LastBuilds,
  changed: () => void,
): FolderProgram {
  let opened: Uri | undefined;
  let shown: LazyBinary | undefined;
  let reason: Reason | undefined;
  const search = folder && createSearch(folder, changed);

  const show = (uri: Uri | undefined, why: Reason) => {
    reason = uri && why;
    if (isSame(shown?.uri, uri)) return;
    shown?.dispose();
    shown = uri && lazyBinary(uri, lastBuilds, changed);
  };
  /** What was chosen before a reload, and is not there any more. */
  const lostChoice = async () => {
    const chosen = choice.get();
    const isKnown = !chosen || isSame(shown?.uri, chosen);
    return isKnown || (await exists(chosen)) ? undefined : chosen;
  };
  return {
    async binary() {
      // A build may remove a program before it makes it anew: then it is what it was.
      const lost = await lostChoice();
      const openedIsThere = opened !== undefined && (await exists(opened));
      if ((!choice.get() || lost) && !openedIsThere) await search?.first();
      const folderIsThere = !folder || (await exists(folder));
      // Looked at last: waiting for the above, something else may have been chosen.
      const chosen = choice.get();
      const found = search?.found();
      if (!folderIsThere) show(undefined, 'newest');
      else if (chosen && !isSame(chosen, lost)) show(chosen, 'chosen');
      else if (opened && (openedIsThere || !found)) show(opened, 'opened');
      else if (found || reason !== 'newest') show(found, 'newest');
      return shown;
    },
    reason: () => reason,
    isLimited: () => search?.isLimited() ?? false,
    open(program) {
      opened = program;
      changed();
    },
    choose(program) {
      choice.set(program);
      if (!program) opened = undefined;
      changed();
    },
    dispose() {
      search?.dispose();
      shown?.dispose();
    },
  };
}

interface Search extends Disposable {
  /** Resolves when the first search is done; starts it if need be. */
  first(): Promise<void>;
  /** The newest program so far. */
  found(): Uri | undefined;
  isLimited(): boolean;
}

/**
 * Looks for the newest program of a folder when first asked to, and from then on after each build. Only in a
 * trusted workspace: nobody has asked for this program, and the paths in it lead anywhere.
 */
function createSearch(folder: Uri, changed: () => void): Search {
  let found: Uri | undefined;
  let limited = false;
  let running: CancellationTokenSource | undefined;
  let first: Promise<void> | undefined;
  let following: Disposable | undefined;

  const run = async () => {
    running?.cancel();
    const turn = new CancellationTokenSource();
    running = turn;
    const newest = await newestProgram(folder, turn.token).catch(() => undefined);
    turn.dispose();
    if (running !== turn) return;
    running = undefined;
    if (!newest) return; // it could not be searched, and is what it was
    found = newest.uri;
    limited = newest.limited;
  };
  const again = async () => {
    await run();
    if (!running) changed();
  };
  const known = () => (found ? [found] : []);
  const follow = () => {
    following?.dispose();
    const patterns = programGlobs(folder).map((glob) => new RelativePattern(folder, glob));
    const isLeftOut = (uri: Uri) => isAside(folder, uri);
    following = followBuilds(patterns, { isLeftOut, known }, again);
  };
  const start = () => {
    if (!workspace.isTrusted) return Promise.resolve();
    follow();
    return run();
  };
  const restart = () => {
    if (!first) return;
    first = start();
    void first.then(changed);
  };
  const listening = [
    workspace.onDidGrantWorkspaceTrust(restart),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('pagecost.programs', folder)) restart();
    }),
  ];
  return {
    first: () => (first ??= start()),
    found: () => found,
    isLimited: () => limited,
    dispose() {
      running?.cancel();
      running = undefined;
      Disposable.from(...listening, ...(following ? [following] : [])).dispose();
    },
  };
}

const isSame = (one: Uri | undefined, other: Uri | undefined): boolean =>
  one?.toString() === other?.toString();
