import { Disposable, workspace } from 'vscode';
import type * as machine from '../../budgets/budget-problems.js';
import { notOnThisMachine, sayUnchecked } from '../../budgets/unchecked-budgets.js';

/** Checks none, and says so: budgets are for programs with their libraries, and those are on no machine. */
export const createBudgetProblems: typeof machine.createBudgetProblems = () => {
  let said: readonly Disposable[] = [];
  const say = () => {
    Disposable.from(...said).dispose();
    said = (workspace.workspaceFolders ?? []).map((folder) =>
      sayUnchecked(folder, notOnThisMachine()),
    );
  };
  const listening = workspace.onDidChangeWorkspaceFolders(say);
  say();
  return new Disposable(() => Disposable.from(listening, ...said).dispose());
};
