import type { Uri, WebviewPanel } from 'vscode';
import { createMeasuring, type Measuring } from '#editor/measure/measuring.js';
import { isLoadable } from '../../binary/binary.js';
import {
  type Base,
  encodeProgram,
  type Figure,
  type FromPanel,
  type ToPanel,
} from '../../protocol.js';
import { followProgram } from '../binaries/follow-program.js';
import { isWhole, type Reading } from '../binaries/reading.js';
import { type Comparing, createComparing } from '../compare/comparing.js';
import { otherOf, readBase } from '../compare/read-base.js';
import { basename } from '../path-names.js';
import { settingsFor } from '../settings.js';
import { panelHtml, webviewOptions } from './panel-html.js';
import { answer } from './panel-requests.js';

/** What fills the panel, but for the settings. */
type Content = Unset<'program'> | Unset<'unreadable'>;
type Unset<K> = Omit<Extract<ToPanel, { kind: K }>, 'defaults'>;

/** What waits for the webview and a program to be there. */
type Wanted = Extract<ToPanel, { kind: 'processes' | 'whatIfs' | 'goTo' | 'goToMeasured' }>;

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
  /** Sets the number of processes, now or as soon as the webview and a program are there. */
  setProcesses(count: number): void;
  /** Chooses these what-ifs and no others, likewise. */
  setWhatIfs(whatIfs: readonly string[]): void;
  /** Shows the page of an address, as linked and in hexadecimal, likewise. */
  goTo(address: string): void;
  /** Shows where measured figures stand, likewise. */
  goToMeasured(): void;
}

/**
 * Fills a webview with the estimate of a binary and keeps it up to date until the webview is closed.
 * A hidden webview is gone, and messages to it are lost: whenever it says that it is ready, it is
 * told everything again.
 * @param earlier the build before, if the one that is there now is to be compared with it
 */
export function showProgram(
  panel: WebviewPanel,
  uri: Uri,
  extensionUri: Uri,
  estimated: () => void,
  earlier: Base | undefined,
): View {
  const { webview } = panel;
  let ready = false;
  let restored = false;
  let latest: Content | undefined;
  let wanted: readonly Wanted[] = [];
  let loadable = false;
  let whole = false;
  let figure: Figure | undefined;
  let processes: number | undefined;

  const tell = (message: ToPanel) => {
    if (ready) void webview.postMessage(message);
  };
  const tellMeasuring = () => tell({ kind: 'measuring', state: measuring.state() });
  const tellComparing = () => tell({ kind: 'comparing', state: comparing.state() });
  const measuring = createMeasuring(uri, tellMeasuring);
  const comparing = createComparing(tellComparing, earlier);
  const update = () => {
    if (!ready || !latest) return;
    // Read late: a webview that starts over takes the settings of now.
    tell({ ...latest, defaults: settingsFor(uri) });
    flush();
  };
  const flush = () => {
    if (!ready || latest?.kind !== 'program') return;
    for (const message of wanted) tell(message);
    wanted = [];
  };
  const want = (message: Wanted) => {
    wanted = [...wanted.filter(({ kind }) => kind !== message.kind), message];
    flush();
  };
  const restoreBase = (base: Base) => {
    const other = otherOf(base);
    comparing.restore(base, other && (() => readBase(uri, other)));
  };
  webview.onDidReceiveMessage((message: FromPanel) => {
    if (message.kind === 'ready') {
      ready = true;
      // Once: later it has nothing that is not known here.
      if (!restored && message.kept?.uri === uri.toString()) restoreBase(message.kept.base);
      restored = true;
      tellMeasuring();
      tellComparing();
      update();
      measuring.setVisible(true);
    } else if (message.kind === 'estimated') {
      figure = message.figure;
      processes = figure?.processes ?? processes;
      estimated();
    } else if (message.kind === 'stopMeasuring') measuring.stop();
    else if (message.kind === 'pinBuild') comparing.pin();
    else void answer(message, uri);
  });
  panel.onDidChangeViewState(() => {
    if (panel.visible) return;
    ready = false;
    measuring.setVisible(false);
  });
  const following = followProgram(uri, (reading, rewritten) => {
    if (latest) measuring.forget();
    latest = contentOf(reading, uri);
    loadable = reading.program !== undefined && isLoadable(reading.program.binary);
    whole = isWhole(reading);
    if (!whole || !ready) figure = undefined;
    update();
    // What is there in part is no build to compare with.
    if (latest.kind === 'program' && whole)
      comparing.read(buildOf(latest, reading.time), rewritten);
    estimated();
  });
  panel.onDidDispose(() => {
    following.dispose();
    measuring.dispose();
    comparing.dispose();
  });
  webview.options = webviewOptions(extensionUri);
  webview.html = panelHtml(webview, extensionUri);
  return {
    uri,
    panel,
    measuring,
    comparing,
    isLoadable: () => loadable,
    figure: () => (whole ? figure : undefined),
    processes: () => processes,
    setProcesses: (count) => want({ kind: 'processes', processes: count }),
    setWhatIfs: (whatIfs) => want({ kind: 'whatIfs', whatIfs }),
    goTo: (address) => want({ kind: 'goTo', address }),
    goToMeasured: () => want({ kind: 'goToMeasured' }),
  };
}

const buildOf = (
  { uri, fileName, program, restrictedReason }: Unset<'program'>,
  time: number,
): Base => ({
  kind: 'build',
  uri,
  fileName,
  program,
  time,
  restrictedReason,
});

function contentOf({ program, diagnostics, restrictedReason }: Reading, uri: Uri): Content {
  const file = { uri: uri.toString(), fileName: basename(uri.path) };
  if (!program) return { kind: 'unreadable', ...file, diagnostics };
  return {
    kind: 'program',
    ...file,
    program: encodeProgram(program),
    ...(restrictedReason !== undefined && { restrictedReason }),
  };
}
