import {
  type Command,
  Disposable,
  l10n,
  languages,
  StatusBarAlignment,
  type TextEditor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { type Figure, figureOf } from '../protocol.js';
import type { BuildChange } from '../report/build-change.js';
import type { LastBuilds } from './builds/last-builds.js';
import { CODE } from './code/code-documents.js';
import { ESTIMATE_N } from './estimate-command.js';
import type { FolderPrograms } from './folder-programs/folder-programs.js';
import { PROGRAM_MENU } from './folder-programs/program-menu.js';
import type { View } from './panel/view.js';
import type { Views } from './panel/views.js';
import { pageFigure, type Sections, type SectionsPage } from './sections-document.js';
import { type Status, statusSentences, statusText } from './status-words.js';

/**
 * One item, at the right, that says what the binary on screen costs or, in code, that which the code is of;
 * otherwise there is none.
 */
export interface StatusBar extends Disposable {
  /** What it says; undefined while it is not there. */
  text(): string | undefined;
}

interface Shown extends Status {
  readonly command: Command;
}

export function createStatusBar(
  views: Views,
  sections: Sections,
  folderPrograms: FolderPrograms,
  lastBuilds: LastBuilds,
): StatusBar {
  const item = window.createStatusBarItem('pagecost.cost', StatusBarAlignment.Right, 100);
  item.name = l10n.t('Process Cost');
  let shown: string | undefined;
  let folder: string | undefined;
  let turn = 0;

  const show = (status: Shown | undefined) => {
    shown = status && statusText(status);
    if (!status) return item.hide();
    const sentences = statusSentences(status);
    item.text = `$(dashboard) ${shown}`;
    item.tooltip = sentences.join('\n');
    item.accessibilityInformation = { label: sentences.join(' ') };
    item.command = status.command;
    item.show();
  };
  const update = async () => {
    const own = ++turn;
    const active = views.active();
    if (active) lastBuilds.seen(active.uri);
    const seen = onScreen(views, sections);
    const code = seen ? undefined : codeOnScreen();
    const before = folder;
    folder = code && String(workspace.getWorkspaceFolder(code)?.uri);
    if (seen)
      return show({ ...statusOf(seen, lastBuilds.newsOf(seen.uri)), command: estimate(seen) });
    // That of another folder, or a binary that was on screen, is not left there meanwhile.
    if (!code || folder !== before) show(undefined);
    const status = code && (await statusOfCode(code, { views, folderPrograms, lastBuilds }));
    if (own === turn) show(status);
  };
  const listening = [
    views.onDidChange(update),
    sections.onDidChange(update),
    folderPrograms.onDidChange(update),
    window.onDidChangeActiveTextEditor(update),
    window.onDidChangeVisibleTextEditors(update),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('pagecost')) void update();
    }),
  ];
  // It may be code that has started the extension.
  void update();
  return {
    text: () => shown,
    dispose() {
      turn = Number.NaN; // equals nothing: whatever is still being read comes too late
      Disposable.from(item, ...listening).dispose();
    },
  };
}

interface Seen {
  readonly uri: Uri;
  readonly figure: Figure;
}

/** The binary the user is in; while that is none, for they write code, one beside it. */
function onScreen(views: Views, sections: Sections): Seen | undefined {
  const pageIn = (editor: TextEditor) => sections.page(editor.document.uri);
  const view = views.active();
  if (view) return seenIn(view);
  const page = window.activeTextEditor && pageIn(window.activeTextEditor);
  if (page) return seenAs(page, views);
  const pages = window.visibleTextEditors.map(pageIn).filter((other) => other !== undefined);
  const beside = [...views.visible().map(seenIn), ...pages.map((other) => seenAs(other, views))];
  return beside.find((seen) => seen !== undefined);
}

function seenIn({ uri, figure }: View): Seen | undefined {
  const shown = figure();
  return shown && { uri, figure: shown };
}

/** The text view chooses nothing itself: it goes by what another view of the binary shows. */
function seenAs(page: SectionsPage, views: Views): Seen | undefined {
  const figure = views.figureOf(page.uri) ?? pageFigure(page);
  return figure && { uri: page.uri, figure };
}

/** A change is that of start-up by the settings: beside another figure it would be a riddle. */
function statusOf({ figure }: Seen, change: BuildChange | undefined): Status {
  const isOfFigure = change?.after.bytes === figure.perProcessBytes;
  return { figure, change: isOfFigure ? change : undefined, program: undefined };
}

const estimate = ({ uri, figure }: Seen): Command => ({
  command: ESTIMATE_N,
  title: '',
  arguments: [uri, figure.processes],
});

function codeOnScreen(): Uri | undefined {
  const document = window.activeTextEditor?.document;
  const isCode = document && languages.match(CODE, document) > 0;
  return isCode ? document.uri : undefined;
}

async function statusOfCode(
  code: Uri,
  {
    views,
    folderPrograms,
    lastBuilds,
  }: { views: Views; folderPrograms: FolderPrograms; lastBuilds: LastBuilds },
): Promise<Shown | undefined> {
  const binary = await folderPrograms.of(code);
  if (!binary) return undefined;
  const { uri } = binary;
  const cost = (await binary.cost())?.cost;
  const processes = views.processesOf(uri);
  return {
    figure: cost && figureOf(cost, processes),
    change: lastBuilds.newsOf(uri),
    program: { path: uri.path, reason: folderPrograms.reasonOf(code), isStale: binary.isStale() },
    command: { command: PROGRAM_MENU, title: '', arguments: [code, uri, processes] },
  };
}
