import {
  Disposable,
  languages,
  RelativePattern,
  type Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { BUDGET_FILE, type Budgets } from '../../budget/budget.js';
import { matchesGlob } from '../../budget/glob.js';
import { BUILD_QUIET, isBeingWritten, PATIENCE } from '../binaries/being-written.js';
import { localFile } from '../binaries/local-file.js';
import { followBuilds } from '../builds/follow-builds.js';
import { extensionFile } from '../extension-file.js';
import { pathBelow } from '../path-names.js';
import { findingsOf, NOTHING_FOUND, readBudgets } from './budget-findings.js';
import { notOnThisMachine, notTrusted, sayUnchecked } from './unchecked-budgets.js';

/** Checking waits until this long the budgets did not change, in ms. */
const QUIET = 500;

/**
 * Shows in Problems which programs exceed the budgets of their workspace folder, and follows programs,
 * budgets and baseline. Only in a trusted workspace: opening a folder must not be enough to have read
 * whatever paths its programs hold.
 */
export function createBudgetProblems(): Disposable {
  const explanation = extensionFile('docs', 'budgets.md');
  let following: readonly Disposable[] = [];
  const follow = () => {
    Disposable.from(...following).dispose();
    following = (workspace.workspaceFolders ?? []).map((folder) => {
      if (!localFile(folder.uri)) return sayUnchecked(folder, notOnThisMachine());
      if (!workspace.isTrusted) return sayUnchecked(folder, notTrusted());
      return followBudgets(folder, explanation);
    });
  };
  const listening = [
    workspace.onDidChangeWorkspaceFolders(follow),
    workspace.onDidGrantWorkspaceTrust(follow),
  ];
  follow();
  return new Disposable(() => Disposable.from(...listening, ...following).dispose());
}

/**
 * Does so for one folder of this machine.
 * @param explanation what a finding links to
 * @param patience as for `followBuilds`
 */
export function followBudgets(
  folder: WorkspaceFolder,
  explanation: Uri,
  patience = PATIENCE,
): Disposable {
  const shown = languages.createDiagnosticCollection('pagecost');
  let latest = 0;
  let timer: NodeJS.Timeout | undefined;
  let budgets: Budgets | undefined;
  let known: readonly Uri[] = [];
  const check = async () => {
    const turn = ++latest;
    const parsed = readBudgets(folder);
    budgets = parsed?.value;
    const found = parsed ? await findingsOf(parsed, folder, explanation) : NOTHING_FOUND;
    if (turn !== latest) return; // what changed meanwhile is checked by a later turn
    builds.expect(found.programs.filter((uri) => isBeingWritten(uri, BUILD_QUIET)));
    if (parsed && builds.isWaiting()) return; // as is what a linker has written in part
    known = found.programs;
    shown.clear();
    shown.set(found.shown);
  };
  const pattern = new RelativePattern(folder, '**');
  const nameOf = ({ path }: Uri) => pathBelow(folder.uri.path, path) ?? '';
  const isLeftOut = (uri: Uri) => !isNamed(nameOf(uri), budgets);
  const programs = { isLeftOut, known: () => known };
  const builds = followBuilds([pattern], programs, () => void check(), patience);
  const changed = (uri: Uri) => {
    if (![BUDGET_FILE, budgets?.baseline].includes(nameOf(uri))) return;
    clearTimeout(timer);
    timer = setTimeout(check, QUIET);
  };
  const watcher = workspace.createFileSystemWatcher(pattern);
  const listening = [
    builds,
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
    workspace.onDidChangeConfiguration((change) => {
      const settings = ['pagecost.budgets', 'pagecost.sysroot'];
      if (settings.some((name) => change.affectsConfiguration(name, folder))) void check();
    }),
  ];
  void check();
  return new Disposable(() => {
    latest = Number.POSITIVE_INFINITY;
    clearTimeout(timer);
    Disposable.from(shown, ...listening).dispose();
  });
}

/** Whether budgets may be for the program at a path. */
const isNamed = (path: string, budgets: Budgets | undefined): boolean =>
  (budgets?.budgets ?? []).some(({ files }) => files.some((g) => matchesGlob(g.pattern, path)));
