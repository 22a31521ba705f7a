import { type Uri, workspace } from 'vscode';
import { localFile } from '#editor/binaries/local-file.js';
import { settingsFor } from '../settings.js';

/** What a cost depends on besides the file; a change of that is no build. */
export interface Circumstances {
  readonly aslr: boolean;
  /** As the setting has it. */
  readonly sysroot: unknown;
  /** The loader's cache is mapped for a while. */
  readonly loaderCachePages: number;
}

/** Bytes: no machine has smaller pages. */
const LEAST_PAGE = 4096;

/** Those of now, to be asked for before the file and its libraries are read: they may be others afterwards. */
export function circumstancesOf(program: Uri): Circumstances {
  const loaderCacheBytes = localFile(program)?.loaderCacheBytes() ?? 0;
  return {
    aslr: settingsFor(program).aslr,
    sysroot: workspace.getConfiguration('pagecost', program).get('sysroot'),
    loaderCachePages: Math.ceil(loaderCacheBytes / LEAST_PAGE),
  };
}
