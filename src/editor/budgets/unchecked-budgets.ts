import {
  Diagnostic,
  DiagnosticSeverity,
  Disposable,
  l10n,
  languages,
  Range,
  RelativePattern,
  Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { BUDGET_FILE } from '../../budget/budget.js';

/** Why nobody checks the budgets of a folder whose files are fetched. */
export const notOnThisMachine = () =>
  l10n.t(
    'These budgets are not checked here: programs of this folder are not on the machine Pagecost runs on. “pagecost check” checks them where they are.',
  );

/** Why nobody checks those of a folder that is not trusted. */
export const notTrusted = () =>
  l10n.t('In Restricted Mode budgets are not checked. These are once the workspace is trusted.');

/** Says at the budget file of a folder, while it has one, that nobody checks it, and why. */
export function sayUnchecked(folder: WorkspaceFolder, why: string): Disposable {
  const shown = languages.createDiagnosticCollection('pagecost');
  const file = Uri.joinPath(folder.uri, BUDGET_FILE);
  const say = () => shown.set(file, [unchecked(why)]);
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, BUDGET_FILE));
  watcher.onDidCreate(say);
  watcher.onDidDelete(() => shown.clear());
  void workspace.fs
    .stat(file)
    .then(say)
    .then(undefined, () => {}); // it has none, or the folder was closed meanwhile
  return Disposable.from(shown, watcher);
}

function unchecked(why: string): Diagnostic {
  const diagnostic = new Diagnostic(new Range(0, 0, 0, 0), why, DiagnosticSeverity.Information);
  diagnostic.source = 'Pagecost';
  return diagnostic;
}
