import {
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  l10n,
  languages,
  Range,
  Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { BUDGET_FILE } from '../budget/budget.js';

/** Says at the budget file of a folder whose files are fetched, if it has one, that nobody checks it. */
export function sayUnchecked({ uri }: WorkspaceFolder): Disposable {
  const shown = languages.createDiagnosticCollection('pagecost');
  const file = Uri.joinPath(uri, BUDGET_FILE);
  void workspace.fs
    .stat(file)
    .then(() => shown.set(file, [unchecked()]))
    .then(undefined, () => {}); // it has none, or the folder was closed meanwhile
  return shown;
}

function unchecked(): Diagnostic {
  const message = l10n.t(
    'These budgets are not checked here: programs of this folder are not on the machine Pagecost runs on. “pagecost check” checks them where they are.',
  );
  const diagnostic = new Diagnostic(new Range(0, 0, 0, 0), message, DiagnosticSeverity.Information);
  diagnostic.source = 'Pagecost';
  return diagnostic;
}
