import { CancellationTokenSource, Disposable, RelativePattern, type Uri, workspace } from 'vscode';
import { type FollowedBuilds, followBuilds } from '../builds/follow-builds.js';
import { isAside, newestProgram } from './newest-program.js';
import { programGlobs } from './program-globs.js';

/** The search for the newest program of a folder, which is done again and again. */
export interface NewestSearch extends Disposable {
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
export function createNewestSearch(folder: Uri, changed: () => void): NewestSearch {
  let found: Uri | undefined;
  let limited = false;
  let running: CancellationTokenSource | undefined;
  let latest: Promise<void> | undefined;
  let first: Promise<void> | undefined;
  let builds: FollowedBuilds | undefined;

  const run = () => {
    latest = look();
    return latest;
  };
  const look = async (): Promise<void> => {
    running?.cancel();
    const turn = new CancellationTokenSource();
    running = turn;
    const newest = await newestProgram(folder, turn.token).catch(() => undefined);
    turn.dispose();
    // Whoever waits for a search that a build has made old waits for the one in its place.
    if (running !== turn) return running && latest;
    running = undefined;
    if (!newest) return; // it could not be searched, and is what it was
    found = newest.uri;
    limited = newest.limited;
    builds?.expect(newest.unfinished);
  };
  const again = async () => {
    await run();
    if (!running) changed();
  };
  const known = () => (found ? [found] : []);
  const follow = () => {
    builds?.dispose();
    const patterns = programGlobs(folder).map((glob) => new RelativePattern(folder, glob));
    const isLeftOut = (uri: Uri) => isAside(folder, uri);
    builds = followBuilds(patterns, { isLeftOut, known }, again);
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
      Disposable.from(...listening, ...(builds ? [builds] : [])).dispose();
    },
  };
}
