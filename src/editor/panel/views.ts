import { type Disposable, type Event, EventEmitter, type Uri, type WebviewPanel } from 'vscode';
import type { Figure } from '../../protocol.js';
import type { LastBuilds } from '../builds/last-builds.js';
import { settingsFor } from '../settings.js';
import { showProgram, type View } from './view.js';

/** Every custom editor and panel that is open. */
export interface Views extends Disposable {
  readonly onDidChange: Event<void>;
  /** Makes a webview show the binary at a URI for as long as it lives. */
  attach(panel: WebviewPanel, uri: Uri): View;
  /** The one the user is in. */
  active(): View | undefined;
  /** One that shows a binary: the one the user is in, or else one that can be seen. */
  of(uri: Uri): View | undefined;
  /** Those that can be seen, beside whatever the user is in. */
  visible(): readonly View[];
  /** What an open view of a binary shows. */
  figureOf(uri: Uri): Figure | undefined;
  /** How many processes a binary is estimated for: as many as an open view of it shows, or as the settings say. */
  processesOf(uri: Uri): number;
}

export function createViews(lastBuilds: LastBuilds): Views {
  const open = new Set<View>();
  const changed = new EventEmitter<void>();
  const showing = (uri: Uri) => [...open].filter((view) => view.uri.toString() === uri.toString());
  return {
    onDidChange: changed.event,
    attach(panel, uri) {
      const earlier = lastBuilds.buildBefore(uri);
      const view = showProgram(panel, uri, () => changed.fire(), earlier);
      open.add(view);
      panel.onDidChangeViewState(() => changed.fire());
      panel.onDidDispose(() => {
        open.delete(view);
        changed.fire();
      });
      return view;
    },
    active: () => [...open].find((view) => view.panel.active),
    of(uri) {
      const views = showing(uri);
      return (
        views.find(({ panel }) => panel.active) ??
        views.find(({ panel }) => panel.visible) ??
        views[0]
      );
    },
    visible: () => [...open].filter((view) => view.panel.visible),
    figureOf: (uri) =>
      showing(uri)
        .find((view) => view.figure())
        ?.figure(),
    processesOf: (uri) =>
      showing(uri)
        .find((view) => view.processes())
        ?.processes() ?? settingsFor(uri).processes,
    dispose() {
      // Processes that were started to be measured do not outlive the extension.
      for (const { measuring } of open) measuring.dispose();
      changed.dispose();
    },
  };
}
