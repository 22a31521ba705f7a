import { Disposable, l10n, StatusBarAlignment, type Uri, window } from 'vscode';
import { bytes, integer } from '../format.js';
import type { Figure } from '../protocol.js';
import { pageFigure, type Sections } from './sections-document.js';
import type { Views } from './views.js';

/** One item, at the right, that says what the binary in front costs; otherwise there is none. */
export interface StatusBar extends Disposable {
  /** What it says; undefined while it is not there. */
  text(): string | undefined;
}

export function createStatusBar(views: Views, sections: Sections): StatusBar {
  const item = window.createStatusBarItem('pagecost.cost', StatusBarAlignment.Right, 100);
  item.name = l10n.t('Process Cost');
  let shown: string | undefined;
  const update = () => {
    const front = inFront(views, sections);
    shown = front && short(front.figure);
    if (!front) return item.hide();
    item.text = `$(dashboard) ${shown}`;
    item.tooltip = long(front.figure);
    item.command = {
      command: 'pagecost.estimateN',
      title: '',
      arguments: [front.uri, front.figure.processes],
    };
    item.show();
  };
  const listening = [
    views.onDidChange(update),
    sections.onDidChange(update),
    window.onDidChangeActiveTextEditor(update),
  ];
  return {
    text: () => shown,
    dispose: () => Disposable.from(item, ...listening).dispose(),
  };
}

/** The binary in front and what its view shows; for the text view, what another view of it does. */
function inFront(views: Views, sections: Sections): { uri: Uri; figure: Figure } | undefined {
  const view = views.active();
  const document = window.activeTextEditor?.document.uri;
  const page = view || !document ? undefined : sections.page(document);
  const uri = view?.uri ?? page?.uri;
  const figure = view ? view.figure() : page && (views.figureOf(page.uri) ?? pageFigure(page));
  return uri && figure && { uri, figure };
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
