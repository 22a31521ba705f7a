import { type Uri, workspace } from 'vscode';

/** Whether there is something at a URI; not where it cannot be asked for. */
export const exists = (uri: Uri): Thenable<boolean> =>
  workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
