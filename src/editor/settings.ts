import { type Uri, workspace } from 'vscode';
import { DEFAULT_PROCESSES, isProcessCount } from '../model/total.js';
import type { PanelDefaults } from '../protocol.js';

/** The user's settings for a file. What settings.json has outside the range or type is not taken. */
export function settingsFor(uri: Uri): Required<PanelDefaults> {
  const settings = workspace.getConfiguration('pagecost', uri);
  const processes: unknown = settings.get('processes');
  return {
    processes: isProcessCount(processes) ? processes : DEFAULT_PROCESSES,
    aslr: settings.get('aslr') !== false,
  };
}
