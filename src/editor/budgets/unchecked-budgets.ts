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

/** Says at the budget file of a folder whose files are fetched, while it has one, that nobody checks it. */
export function sayUnchecked(folder: WorkspaceFolder): Disposable {
  const shown = languages.createDiagnosticCollection('pagecost');
  const file = Uri.joinPath(folder.uri, BUDGET_FILE);
  const say = () => shown.set(file, [unchecked()]);
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, BUDGET_FILE));
  watcher.onDidCreate(say);
  watcher.onDidDelete(() => shown.clear());
  void workspace.fs
    .stat(file)
    .then(say)
    .then(undefined, () => {}); // it has none, or the folder was closed meanwhile
  return Disposable.from(shown, watcher);
}

function unchecked(): Diagnostic {
  const message = l10n.t(
    'These budgets are not checked here: programs of this folder are not on the machine Pagecost runs on. “pagecost check” checks them where they are.',
  );
  const diagnostic = new Diagnostic(new Range(0, 0, 0, 0), message, DiagnosticSeverity.Information);
  diagnostic.source = 'Pagecost';
  return diagnostic;
}
