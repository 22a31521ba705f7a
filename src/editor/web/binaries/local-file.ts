import { l10n } from 'vscode';
import type * as machine from '../../binaries/local-file.js';

/** A browser has none: what vscode.dev calls `file:` is what it was let into, without ranged reads. */
export const localFile: typeof machine.localFile = () => undefined;

export const whyNoLibraries: typeof machine.whyNoLibraries = () =>
  l10n.t(
    'The libraries of this program were not looked for, because Pagecost runs in the browser here.',
  );
