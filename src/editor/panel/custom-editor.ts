import { type CustomReadonlyEditorProvider, type Disposable, type Uri, window } from 'vscode';
import type { Views } from './views.js';

export const ESTIMATE_EDITOR = 'pagecost.estimate';

/**
 * The read-only editor of binaries. Opening never fails, whatever the file holds: what is wrong with
 * it is for the panel to say, with a way out.
 */
export function registerCustomEditor(views: Views): Disposable {
  const provider: CustomReadonlyEditorProvider = {
    openCustomDocument: (uri: Uri) => ({ uri, dispose: () => {} }),
    resolveCustomEditor: (document, panel) => {
      views.attach(panel, document.uri);
    },
  };
  return window.registerCustomEditorProvider(ESTIMATE_EDITOR, provider, {
    supportsMultipleEditorsPerDocument: true,
  });
}
