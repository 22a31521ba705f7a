import { type Disposable, type TextDocument, type Uri, workspace } from 'vscode';
import { exists } from '../binaries/exists.js';
import { type LazyBinary, lazyBinary } from '../binaries/lazy-binary.js';
import type { LastBuilds } from '../builds/last-builds.js';
import { isMap } from './code-documents.js';

/** What linkers put behind a program's name when they write its map: `app.map` beside `app` or `app.elf`. */
const MAP = /\.map$/i;
const ENDINGS = ['', '.elf'];

/** Which programs maps are of. */
export interface MapPrograms extends Disposable {
  /** The program beside a map that has its name; undefined where there is none, or the document is no map. */
  of(document: TextDocument): Promise<LazyBinary | undefined>;
}

/**
 * The one of the last map is kept. Only in trusted workspaces: nobody opened that program, and the paths in it lead
 * anywhere.
 */
export function createMapPrograms(lastBuilds: LastBuilds): MapPrograms {
  let shown: LazyBinary | undefined;
  return {
    async of(document) {
      const program = await programBeside(document);
      if (shown?.uri.toString() === program?.toString()) return shown;
      if (!program) return undefined;
      shown?.dispose();
      shown = lazyBinary(program, lastBuilds, () => {});
      return shown;
    },
    dispose: () => shown?.dispose(),
  };
}

async function programBeside(document: TextDocument): Promise<Uri | undefined> {
  const { uri } = document;
  if (!workspace.isTrusted || !isMap(document) || !MAP.test(uri.path)) return undefined;
  for (const ending of ENDINGS) {
    const program = uri.with({ path: uri.path.replace(MAP, ending) });
    if (await exists(program)) return program;
  }
  return undefined;
}
