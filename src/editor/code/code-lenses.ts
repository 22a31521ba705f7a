import {
  type CancellationToken,
  CodeLens,
  Disposable,
  EventEmitter,
  l10n,
  languages,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import type { ElfSymbol } from '../../binary/elf-symbol-index.js';
import { bytes, counted, integer, printable } from '../../format.js';
import { msg } from '../../msg.js';
import { symbolsNamed } from '../../report/code-hints.js';
import { definedNames } from '../../report/defined-names.js';
import { ownPages } from '../../report/own-pages.js';
import { inSlices, type Steps } from '../../steps.js';
import { withoutIcons } from '../binaries/pick-binary.js';
import { ESTIMATE_N, estimateArguments } from '../estimate-command.js';
import type { FolderPrograms } from '../folder-programs/folder-programs.js';
import type { Views } from '../panel/views.js';
import { isQuoting, SOURCES, sourceFile } from './code-documents.js';

/** Lines of a document that are looked at, and lenses that are shown. */
const MOST_LINES = 20_000;
const MOST_LENSES = 200;

/** Lenses over variables that cost pages of their own, while the user wants them. */
export function registerCodeLenses(views: Views, folderPrograms: FolderPrograms): Disposable {
  let registered: Disposable | undefined;
  const follow = () => {
    const wanted = workspace.getConfiguration('pagecost').get('codeLens') === true;
    if (wanted === (registered !== undefined)) return;
    registered?.dispose();
    registered = wanted ? register(views, folderPrograms) : undefined;
  };
  follow();
  const configured = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('pagecost.codeLens')) follow();
  });
  return new Disposable(() => {
    configured.dispose();
    registered?.dispose();
  });
}

function register(views: Views, folderPrograms: FolderPrograms): Disposable {
  const changed = new EventEmitter<void>();
  const again = () => changed.fire();
  return Disposable.from(
    changed,
    folderPrograms.onDidChange(again),
    views.onDidChange(again),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('pagecost')) again();
    }),
    languages.registerCodeLensProvider(SOURCES, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document, token) => lensesIn(document, views, folderPrograms, token),
    }),
  );
}

async function lensesIn(
  document: TextDocument,
  views: Views,
  folderPrograms: FolderPrograms,
  token: CancellationToken,
): Promise<CodeLens[]> {
  const binary = await folderPrograms.of(document.uri);
  const facts = await binary?.facts();
  if (!binary || !facts?.index || !facts.cost) return [];
  const { uri } = binary;
  const { index } = facts;
  const { pageSize } = facts.cost;
  const processes = views.processesOf(uri);
  const pagesOf = ownPages(facts);
  const source = sourceFile(document);
  const lensOn = (name: string, line: number): CodeLens | undefined => {
    const [symbol, ...others] = symbolsNamed(name, source, index);
    // Of several, nobody knows which one this is.
    const own = symbol && others.length === 0 ? pagesOf(symbol) : undefined;
    if (!symbol || !own) return undefined;
    const title = titleOf(symbol, own.pages, own.pages * pageSize, processes);
    const given = [...estimateArguments(uri, processes, own.address)];
    return new CodeLens(new Range(line, 0, line, 0), {
      title,
      command: ESTIMATE_N,
      arguments: given,
    });
  };
  return inSlices(lensing(document, lensOn, token));
}

function* lensing(
  document: TextDocument,
  lensOn: (name: string, line: number) => CodeLens | undefined,
  token: CancellationToken,
): Steps<CodeLens[]> {
  const lenses: CodeLens[] = [];
  for (let line = 0; line < Math.min(document.lineCount, MOST_LINES); line++) {
    if (token.isCancellationRequested) break;
    for (const name of definedNames(document.lineAt(line).text, isQuoting(document))) {
      const lens = lensOn(name, line);
      if (lens) lenses.push(lens);
      if (lenses.length === MOST_LENSES) return lenses;
    }
    yield;
  }
  return lenses;
}

/** "8 KiB in .bss, 2 private pages of its own · ×10,000: 78.1 MiB" */
function titleOf(
  { size, section = '' }: ElfSymbol,
  pages: number,
  pageBytes: number,
  processes: number,
): string {
  const own = counted(
    pages,
    msg('{0} private page of its own'),
    msg('{0} private pages of its own'),
  );
  const total = l10n.t('×{0}: {1}', integer(processes), bytes(pageBytes * processes));
  const where =
    section === ''
      ? bytes(size)
      : l10n.t('{0} in {1}', bytes(size), withoutIcons(printable(section)));
  return `${where}, ${own} · ${total}`;
}
