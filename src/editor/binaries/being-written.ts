import type { Uri } from 'vscode';
import { localFile } from '#editor/binaries/local-file.js';

/**
 * Whether somebody may be writing a file of this machine, for it was written a moment ago. What gold writes
 * through a mapping is no event, and its file has all of its bytes, and soon its headers, from the beginning.
 * @param moment in ms
 */
export function isBeingWritten(uri: Uri, moment: number): boolean {
  const age = Date.now() - (localFile(uri)?.modified() ?? 0);
  return age >= 0 && age < moment; // a clock of another machine may be ahead of ours
}
