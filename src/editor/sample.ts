import { commands, Range, ViewColumn, window, workspace } from 'vscode';
import { extensionFile } from './extension-file.js';
import type { Panels } from './panel/panels.js';

const SOURCE = 'tiny-nolibc.c';
const BINARY = 'tiny-nolibc';
/** Where the cursor is put: on a variable that has a page of its own. */
const VARIABLE = 'left;';

/** Shows the sample that comes with the extension: its source, and beside it what its binary costs. */
export async function openSample(panels: Panels): Promise<void> {
  const at = (name: string) => extensionFile('sample', name);
  const document = await workspace.openTextDocument(at(SOURCE));
  const variable = document.positionAt(document.getText().indexOf(VARIABLE));
  await window.showTextDocument(document, {
    viewColumn: ViewColumn.One,
    preview: false, // which would close the page of the first steps
    selection: new Range(variable, variable),
  });
  // It belongs to the extension, whose files nobody should change by accident.
  if (workspace.fs.isWritableFileSystem(document.uri.scheme)) {
    await commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
  }
  panels.show(at(BINARY));
}
