import { Disposable, languages, window } from 'vscode';
import { localFile } from '#editor/binaries/local-file.js';
import type { FolderPrograms } from '../folder-programs/folder-programs.js';
import { CODE } from './code-documents.js';

/**
 * Reads what code on screen is of, with its symbols, before somebody hovers: the first hover is to come at
 * once. Not what is fetched as a whole, which may take long for nothing.
 */
export function createReadAhead(
  folderPrograms: Pick<FolderPrograms, 'of' | 'onDidChange'>,
): Disposable {
  const read = async () => {
    for (const { document } of window.visibleTextEditors) {
      if (languages.match(CODE, document) === 0) continue;
      const binary = await folderPrograms.of(document.uri);
      if (binary && localFile(binary.uri)) await binary.facts();
    }
  };
  void read(); // it may be code that has started the extension
  return Disposable.from(
    window.onDidChangeVisibleTextEditors(read),
    folderPrograms.onDidChange(read),
  );
}
