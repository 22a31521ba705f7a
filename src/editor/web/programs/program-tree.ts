import { commands, Disposable, l10n, window } from 'vscode';
import type * as machine from '../../programs/program-tree.js';

/** Without its view, which is only there where VS Code runs on a machine: it says why it has no items. */
export const createProgramTree: typeof machine.createProgramTree = () => {
  const reason = l10n.t(
    'Pagecost runs in the browser here and does not look for programs: it would have to fetch every file. Estimate one that you know.',
  );
  const view = window.createTreeView('pagecost.programs', {
    treeDataProvider: { getChildren: () => [], getTreeItem: (item: never) => item },
  });
  view.message = reason;
  const say = () => void window.showInformationMessage(reason);
  const registered = Disposable.from(
    view,
    commands.registerCommand('pagecost.refreshPrograms', say),
    commands.registerCommand('pagecost.stopPrograms', say),
  );
  return { items: () => [], dispose: () => registered.dispose() };
};
