import { commands, Disposable, l10n, type Uri, window } from 'vscode';
import { measureRunningProcesses, runAndMeasureProgram } from '#editor/measure/measure-commands.js';
import { isLoadable } from '../binary/binary.js';
import type { ElfHeader } from '../binary/elf-header.js';
import { integer } from '../format.js';
import { parseProcesses } from '../model/parse-workload.js';
import { DEFAULT_PROCESSES, isProcessCount, MAX_PROCESSES } from '../model/total.js';
import { activeBinary } from './binaries/active-binary.js';
import { pickBinary } from './binaries/pick-binary.js';
import { compareBinaries } from './compare/compare-commands.js';
import { addressIn } from './estimate-command.js';
import { paletteClosed } from './palette-closed.js';
import { askForLayout, layoutNamed } from './panel/choose-layout.js';
import { ESTIMATE_EDITOR } from './panel/custom-editor.js';
import type { Panels } from './panel/panels.js';
import type { View } from './panel/view.js';
import type { Views } from './panel/views.js';
import { openSample } from './sample.js';
import { binaryOfSections, SECTIONS, showSections } from './sections-document.js';
import { settingsFor } from './settings.js';

/** The commands. Each takes the binary's URI, from a menu or a program, or finds one to work on. */
export function registerCommands(views: Views, panels: Panels): Disposable {
  const onBinary = (
    name: string,
    run: (uri: Uri, ...rest: unknown[]) => unknown,
    isOne: (file: ElfHeader) => boolean = isLoadable,
  ) =>
    commands.registerCommand(`pagecost.${name}`, async (uri?: Uri, ...rest: unknown[]) => {
      const named = binaryAt(uri);
      const active = named ? { binary: named } : await activeBinary(views, isOne);
      const binary = active.binary ?? (await pickBinary(active.why));
      if (binary) await run(binary, ...rest);
    });
  return Disposable.from(
    commands.registerCommand('pagecost.openSample', () => openSample(panels)),
    onBinary('estimate10k', (uri) =>
      panels.show(uri).ask({ kind: 'processes', processes: DEFAULT_PROCESSES }),
    ),
    onBinary('estimateN', async (uri, given, where) => {
      const processes = isProcessCount(given) ? given : await askForProcesses(uri);
      if (processes === undefined) return;
      const address = addressIn(where);
      // One that has the keyboard would stay, over the panel, until the code has it again.
      if (address !== undefined) await commands.executeCommand('editor.action.hideHover');
      const view = panels.show(uri);
      view.ask({ kind: 'processes', processes });
      if (address !== undefined) view.ask({ kind: 'goTo', address });
    }),
    onBinary('tryLayout', async (uri, given) => {
      const whatIfs = layoutNamed(given) ?? (await askForLayout());
      if (whatIfs) viewOf(uri, views, panels).ask({ kind: 'whatIfs', whatIfs });
    }),
    onBinary('estimate', (uri) => commands.executeCommand('vscode.openWith', uri, ESTIMATE_EDITOR)),
    // Object files have sections, too.
    onBinary('showSections', showSections, () => true),
    onBinary('compareWith', (uri, given) =>
      compareBinaries(uri, given, (binary) => viewOf(binary, views, panels)),
    ),
    onBinary('measureRunning', (uri) => measureRunningProcesses(viewOf(uri, views, panels))),
    onBinary('runAndMeasure', (uri, aslr) =>
      runAndMeasureProgram(viewOf(uri, views, panels), aslr !== false),
    ),
  );
}

/** A view of the binary that can be seen. */
function viewOf(uri: Uri, views: Views, panels: Panels): View {
  const view = views.of(uri) ?? panels.show(uri);
  if (!view.panel.visible) view.panel.reveal();
  return view;
}

/** The file a menu was opened on; a webview's menu names the webview, which says nothing. */
function binaryAt(uri: Uri | undefined): Uri | undefined {
  if (uri?.scheme === SECTIONS) return binaryOfSections(uri);
  return uri?.scheme === 'webview-panel' ? undefined : uri;
}

async function askForProcesses(uri: Uri): Promise<number | undefined> {
  await paletteClosed();
  const typed = await window.showInputBox({
    title: l10n.t('Estimate ×N-Process Cost'),
    prompt: l10n.t('How many processes? 1 to {0}.', integer(MAX_PROCESSES)),
    value: String(settingsFor(uri).processes),
    validateInput: (text) =>
      parseProcesses(text) === undefined
        ? l10n.t('A whole number from 1 to {0}.', integer(MAX_PROCESSES))
        : undefined,
  });
  return typed === undefined ? undefined : parseProcesses(typed);
}
