import type { Disposable, Uri } from 'vscode';
import { exists } from '../binaries/exists.js';
import { type LazyBinary, lazyBinary } from '../binaries/lazy-binary.js';
import type { LastBuilds } from '../builds/last-builds.js';
import { createNewestSearch } from './newest-search.js';

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
  const search = folder && createNewestSearch(folder, changed);

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

const isSame = (one: Uri | undefined, other: Uri | undefined): boolean =>
  one?.toString() === other?.toString();
