import { commands, env, extensions, l10n, type Uri, window } from 'vscode';
import type { FromPanel } from '../protocol.js';
import { messageOf } from './errors.js';

type Request = Exclude<FromPanel, { kind: 'ready' | 'estimated' }>;

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
    }
  } catch (error) {
    const reason = messageOf(error);
    void window.showErrorMessage(
      request.kind === 'copy'
        ? l10n.t('The text could not be copied: {0}', reason)
        : l10n.t('The file could not be opened: {0}', reason),
    );
  }
}

/** Opens a file's bytes in the hex editor, or in the text editor where there is none. */
async function openBytes(uri: Uri): Promise<void> {
  const hex = extensions.getExtension('ms-vscode.hexeditor') !== undefined;
  await commands.executeCommand('vscode.openWith', uri, hex ? 'hexEditor.hexedit' : 'default');
}
