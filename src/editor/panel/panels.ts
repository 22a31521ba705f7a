import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { printable } from '../../format.js';
import type { PanelState } from '../../protocol.js';
import { extensionFile } from '../extension-file.js';
import { basename } from '../path-names.js';
import { webviewOptions } from './panel-html.js';
import type { View } from './view.js';
import type { Views } from './views.js';

const PANEL = 'pagecost.panel';

/** The panels beside the code: one for a binary, the one that came last. */
export interface Panels extends Disposable {
  /** Shows the panel of a binary. */
  show(uri: Uri): View;
}

export function createPanels(views: Views): Panels {
  const icon = (theme: string) => extensionFile('media', 'icons', `pages-${theme}.svg`);
  const open = new Map<string, View>();
  const attach = (panel: WebviewPanel, uri: Uri): View => {
    const key = uri.toString();
    const view = views.attach(panel, uri);
    const older = open.get(key);
    open.set(key, view);
    // After a reload, a panel in the background is restored when it is looked at, which may be after
    // a command has opened another.
    older?.panel.dispose();
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.title = l10n.t('Cost of {0}', printable(basename(uri.path)));
    panel.onDidDispose(() => {
      if (open.get(key) === view) open.delete(key);
    });
    return view;
  };
  const create = (uri: Uri) =>
    attach(window.createWebviewPanel(PANEL, '', ViewColumn.Beside, webviewOptions()), uri);
  const restore = window.registerWebviewPanelSerializer(PANEL, {
    async deserializeWebviewPanel(panel: WebviewPanel, state: Partial<PanelState> | undefined) {
      // A panel that had not shown anything yet has no state, and nothing worth restoring.
      if (typeof state?.uri === 'string') attach(panel, Uri.parse(state.uri));
      else panel.dispose();
    },
  });
  return {
    show(uri) {
      const view = open.get(uri.toString());
      view?.panel.reveal();
      return view ?? create(uri);
    },
    dispose: () => restore.dispose(),
  };
}
