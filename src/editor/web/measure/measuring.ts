import { l10n, workspace } from 'vscode';
import type * as machine from '../../measure/measuring.js';

/** Nothing is measured: a browser sees no processes. */
export const createMeasuring: typeof machine.createMeasuring = () => {
  const problem = l10n.t('Pagecost runs in the browser here, which sees no processes to measure.');
  const nothing = { activity: 'none', latest: undefined, message: undefined } as const;
  return {
    state: () => ({ problem, trusted: workspace.isTrusted, ...nothing }),
    follow: () => problem,
    run: async () => problem,
    refuse() {},
    stop() {},
    forget() {},
    setVisible() {},
    dispose() {},
  };
};
