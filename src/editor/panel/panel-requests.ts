import { commands, env, extensions, l10n, type Uri, ViewColumn, window, workspace } from 'vscode';
import type { FromPanel } from '../../protocol.js';
import { messageOf } from '../errors.js';

type Request = Exclude<FromPanel, { kind: 'ready' | 'estimated' | 'stopMeasuring' | 'pinBuild' }>;

const HEX_EDITOR = 'ms-vscode.hexeditor';

/** Does what the panel of a binary asks for. Never rejects: what failed is said to the user. */
export async function answer(request: Request, uri: Uri): Promise<void> {
  try {
    switch (request.kind) {
      case 'openSections':
        await commands.executeCommand('pagecost.showSections', uri);
        break;
      case 'openHex':
        await openBytes(uri);
        break;
      case 'copy':
        await env.clipboard.writeText(request.text);
        break;
      case 'openSnippet':
        await openBeside(request.language, request.text);
        break;
      case 'measureRunning':
        await commands.executeCommand('pagecost.measureRunning', uri);
        break;
      case 'runAndMeasure':
        await commands.executeCommand('pagecost.runAndMeasure', uri, request.aslr);
        break;
      case 'compareWith':
        await commands.executeCommand('pagecost.compareWith', uri);
        break;
      case 'manageTrust':
        await commands.executeCommand('workbench.trust.manage');
        break;
    }
  } catch (error) {
    void window.showErrorMessage(failure(request, messageOf(error)));
  }
}

function failure({ kind }: Request, reason: string): string {
  switch (kind) {
    case 'copy':
      return l10n.t('The text could not be copied: {0}', reason);
    case 'openSnippet':
      return l10n.t('The text could not be opened: {0}', reason);
    case 'measureRunning':
    case 'runAndMeasure':
      return l10n.t('The program could not be measured: {0}', reason);
    case 'compareWith':
      return l10n.t('The programs could not be compared: {0}', reason);
    default:
      return l10n.t('The file could not be opened: {0}', reason);
  }
}

/** Opens text in a new document beside the panel: the user decides whether to keep it. */
async function openBeside(language: string, content: string): Promise<void> {
  const document = await workspace.openTextDocument({ language, content });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: false });
}

/** Opens a file's bytes in the hex editor. Where it is not installed, the user says what to do. */
async function openBytes(uri: Uri): Promise<void> {
  if (extensions.getExtension(HEX_EDITOR)) {
    await commands.executeCommand('vscode.openWith', uri, 'hexEditor.hexedit');
    return;
  }
  const find = l10n.t('Find the Extension');
  const open = l10n.t('Open as Text');
  const chosen = await window.showInformationMessage(
    l10n.t('The Hex Editor extension is not installed, or not enabled.'),
    find,
    open,
  );
  if (chosen === find) await commands.executeCommand('workbench.extensions.search', HEX_EDITOR);
  if (chosen === open) await commands.executeCommand('vscode.openWith', uri, 'default');
}
