import { commands, Disposable, l10n, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { printable } from '../../format.js';
import { withoutIcons } from '../binaries/pick-binary.js';
import { ESTIMATE_N } from '../estimate-command.js';
import { basename } from '../path-names.js';
import { chooseProgram } from './choose-program.js';
import type { FolderPrograms } from './folder-programs.js';

/** What a click on the status bar opens in code; it is no command of the palette. */
export const PROGRAM_MENU = 'pagecost.programMenu';

interface Item extends QuickPickItem {
  readonly run: () => Thenable<unknown>;
}

/** The commands about the program of a workspace folder. */
export function registerProgramCommands(folderPrograms: FolderPrograms): Disposable {
  return Disposable.from(
    commands.registerCommand('pagecost.chooseProgram', (where?: unknown) =>
      chooseProgram(folderPrograms, where instanceof Uri ? where : undefined),
    ),
    commands.registerCommand(PROGRAM_MENU, (code: Uri, program: Uri, processes: number) =>
      programMenu(folderPrograms, code, program, processes),
    ),
  );
}

/** Asks what to do with the program that a code document is of. */
async function programMenu(
  folderPrograms: FolderPrograms,
  code: Uri,
  program: Uri,
  processes: number,
): Promise<void> {
  const name = withoutIcons(printable(basename(program.path)));
  const open: Item = {
    label: l10n.t('Open the Estimate of {0}', name),
    run: () => commands.executeCommand(ESTIMATE_N, program, processes),
  };
  // Files of no folder are of whatever estimate was opened.
  if (!workspace.getWorkspaceFolder(code)) return void (await open.run());
  const choose: Item = {
    label: l10n.t('Choose Program for This Folder…'),
    run: () => chooseProgram(folderPrograms, code),
  };
  await (await window.showQuickPick([open, choose], { title: name }))?.run();
}
