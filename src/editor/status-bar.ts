import { Disposable, l10n, StatusBarAlignment, type TextEditor, type Uri, window } from 'vscode';
import { bytes, integer } from '../format.js';
import type { Figure } from '../protocol.js';
import { pageFigure, type Sections, type SectionsPage } from './sections-document.js';
import type { View } from './view.js';
import type { Views } from './views.js';

/** One item, at the right, that says what the binary on screen costs; otherwise there is none. */
export interface StatusBar extends Disposable {
  /** What it says; undefined while it is not there. */
  text(): string | undefined;
}

export function createStatusBar(views: Views, sections: Sections): StatusBar {
  const item = window.createStatusBarItem('pagecost.cost', StatusBarAlignment.Right, 100);
  item.name = l10n.t('Process Cost');
  let shown: string | undefined;
  const update = () => {
    const seen = onScreen(views, sections);
    shown = seen && short(seen.figure);
    if (!seen) return item.hide();
    item.text = `$(dashboard) ${shown}`;
    item.tooltip = long(seen.figure);
    item.command = {
      command: 'pagecost.estimateN',
      title: '',
      arguments: [seen.uri, seen.figure.processes],
    };
    item.show();
  };
  const listening = [
    views.onDidChange(update),
    sections.onDidChange(update),
    window.onDidChangeActiveTextEditor(update),
    window.onDidChangeVisibleTextEditors(update),
  ];
  return {
    text: () => shown,
    dispose: () => Disposable.from(item, ...listening).dispose(),
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

const short = ({ perProcessBytes, totalBytes, processes, incomplete }: Figure): string =>
  `${incomplete ? '≥ ' : ''}${bytes(perProcessBytes)} ×${integer(processes)} = ${bytes(totalBytes)}`;

function long({ perProcessBytes, totalBytes, processes, incomplete }: Figure): string {
  const figures = [bytes(perProcessBytes), integer(processes), bytes(totalBytes)];
  return incomplete
    ? l10n.t(
        'One more process takes at least {0}; {1} processes and what they share, {2}. Some of it is not known.',
        ...figures,
      )
    : l10n.t('One more process takes {0}; {1} processes and what they share, {2}.', ...figures);
}
