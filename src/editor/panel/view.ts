import { Disposable, type Uri, type WebviewPanel } from 'vscode';
import { createMeasuring, type Measuring } from '#editor/measure/measuring.js';
import { isLoadable } from '../../binary/binary.js';
import {
  type Base,
  encodeProgram,
  type Figure,
  type FromPanel,
  type KeptBase,
} from '../../protocol.js';
import { followProgram } from '../binaries/follow-program.js';
import { isWhole, type Reading } from '../binaries/reading.js';
import { type Comparing, createComparing } from '../compare/comparing.js';
import { otherOf, readBase } from '../compare/read-base.js';
import { basename } from '../path-names.js';
import { settingsFor } from '../settings.js';
import { type Content, createOutbox, type Wish } from './outbox.js';
import { panelHtml, webviewOptions } from './panel-html.js';
import { answer } from './panel-requests.js';

/** What fills the panel, but for the settings. */
type Shown = Unset<'program'> | Unset<'unreadable'>;
type Unset<K> = Omit<Extract<Content, { kind: K }>, 'defaults'>;

/** A webview, be it of a custom editor or a panel, that shows the estimate of one binary. */
export interface View {
  readonly uri: Uri;
  readonly panel: WebviewPanel;
  readonly measuring: Measuring;
  readonly comparing: Comparing;
  /** Whether it is of a program or library, and not of an object file or no binary; false before it was read. */
  isLoadable(): boolean;
  /**
   * What it shows of the file as it is now; undefined before it said so, as one that is hidden cannot, and
   * of a file that is there in part, of which it says so itself.
   */
  figure(): Figure | undefined;
  /** How many processes it shows, or did last; undefined before it said so. */
  processes(): number | undefined;
  /** Asks the webview for something, now or as soon as it and a program are there. */
  ask(wish: Wish): void;
}

/**
 * Fills a webview with the estimate of a binary and keeps it up to date until the webview is closed.
 * @param changed called when what the view shows may be something else
 * @param earlier the build before, if the one that is there now is to be compared with it
 */
export function showProgram(
  panel: WebviewPanel,
  uri: Uri,
  changed: () => void,
  earlier: Base | undefined,
): View {
  const { webview } = panel;
  let reading: Reading | undefined;
  let shown: Shown | undefined;
  let figure: Figure | undefined;
  let processes: number | undefined;
  let restored = false;

  const outbox = createOutbox(webview, {
    // Read late: a webview that starts over takes the settings of now.
    program: () => shown && { ...shown, defaults: settingsFor(uri) },
    measuring: () => ({ kind: 'measuring', state: measuring.state() }),
    comparing: () => ({ kind: 'comparing', state: comparing.state() }),
  });
  const measuring = createMeasuring(uri, () => outbox.tell('measuring'));
  const comparing = createComparing(() => outbox.tell('comparing'), earlier);
  const take = (next: Reading, rewritten: boolean) => {
    if (rewritten) measuring.forget();
    shown = shownOf(next, uri);
    reading = next;
    if (!isWhole(reading) || !outbox.isOpen()) figure = undefined;
    outbox.tell('program');
    // What is there in part is no build to compare with.
    if (shown.kind === 'program' && isWhole(reading)) {
      comparing.read(buildOf(shown, reading.time), rewritten);
    }
    changed();
  };
  const hear = (message: FromPanel) => {
    switch (message.kind) {
      case 'ready':
        // Once: later it has nothing that is not known here.
        if (!restored) restore(comparing, uri, message.kept);
        restored = true;
        outbox.open();
        return measuring.setVisible(true);
      case 'estimated':
        figure = message.figure;
        processes = figure?.processes ?? processes;
        return changed();
      case 'stopMeasuring':
        return measuring.stop();
      case 'pinBuild':
        return comparing.pin();
      default:
        return void answer(message, uri);
    }
  };
  const following = followProgram(uri, take);
  webview.onDidReceiveMessage(hear);
  panel.onDidChangeViewState(() => {
    if (panel.visible) return;
    outbox.close();
    measuring.setVisible(false);
  });
  panel.onDidDispose(() => Disposable.from(following, measuring, comparing).dispose());
  webview.options = webviewOptions();
  webview.html = panelHtml(webview);
  return {
    uri,
    panel,
    measuring,
    comparing,
    isLoadable: () => reading?.program !== undefined && isLoadable(reading.program.binary),
    figure: () => (reading && isWhole(reading) ? figure : undefined),
    processes: () => processes,
    ask: outbox.ask,
  };
}

/** Compares with what the webview of an earlier session did, if that was with this binary. */
function restore(comparing: Comparing, uri: Uri, kept: KeptBase | undefined): void {
  if (kept?.uri !== uri.toString()) return;
  const other = otherOf(kept.base);
  comparing.restore(kept.base, other && (() => readBase(uri, other)));
}

const buildOf = (
  { uri, fileName, program, whyNoLibraries }: Unset<'program'>,
  time: number,
): Base => ({
  kind: 'build',
  uri,
  fileName,
  program,
  time,
  whyNoLibraries,
});

function shownOf({ program, diagnostics, whyNoLibraries }: Reading, uri: Uri): Shown {
  const file = { uri: uri.toString(), fileName: basename(uri.path) };
  if (!program) return { kind: 'unreadable', ...file, diagnostics };
  return {
    kind: 'program',
    ...file,
    program: encodeProgram(program),
    ...(whyNoLibraries !== undefined && { whyNoLibraries }),
  };
}
