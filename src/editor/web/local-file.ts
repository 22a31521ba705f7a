import type * as machine from '../local-file.js';

/** A browser has none: what vscode.dev calls `file:` is what it was let into, without ranged reads. */
export const localFile: typeof machine.localFile = () => undefined;
