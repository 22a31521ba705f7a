import { basename, dirname } from 'node:path';
import { commands, l10n, type Uri, window, workspace } from 'vscode';
import { splitArguments } from '../../measure/command-line.js';
import {
  commandOf,
  type RunRequest,
  USUAL_INSTANCES,
  USUAL_LIMIT_MS,
} from '../../measure/run-and-measure.js';
import { runningProblem } from '../../measure/runnable.js';
import type { Program } from '../../model/program.js';
import { readProgram } from '../binaries/reading.js';
import { withoutLinks } from '../notification-text.js';
import type { View } from '../panel/view.js';
import { askHowToRun, confirmRun, type RunAnswers } from './run-dialogue.js';

/** How each binary was run last, by its URI: what is proposed when it is run again. */
const lastAnswers = new Map<string, RunAnswers>();

/** Shows the live processes of a view's binary beside its estimate. */
export async function measureRunningProcesses(view: View): Promise<void> {
  view.ask({ kind: 'goToMeasured' });
  const program = await programToMeasure(view);
  if (program) say(view, view.measuring.follow(program));
}

/**
 * Runs a view's binary, once the user has seen and confirmed how, and shows what it holds beside the
 * estimate.
 */
export async function runAndMeasureProgram(view: View, aslr: boolean): Promise<void> {
  view.ask({ kind: 'goToMeasured' });
  const program = await programToMeasure(view);
  if (!program) return;
  if (!workspace.isTrusted) return offerTrust();
  const problem = runningProblem(program);
  if (problem !== undefined) return refuse(view, problem);
  const key = view.uri.toString();
  const answered = await askHowToRun(basename(program.path), lastAnswers.get(key));
  if (!answered) return;
  lastAnswers.set(key, answered);
  const request = requestFor(program, view.uri, answered, aslr);
  const command = commandOf(request);
  if (typeof command === 'string') return refuse(view, command);
  if (await confirmRun(request, command)) say(view, await view.measuring.run(request));
}

function requestFor(
  program: Program,
  uri: Uri,
  { args, input }: RunAnswers,
  aslr: boolean,
): RunRequest {
  const split = splitArguments(args);
  return {
    program,
    args: split.ok ? split.args : [],
    input,
    instances: USUAL_INSTANCES,
    aslr,
    limitMs: USUAL_LIMIT_MS,
    cwd: workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(program.path),
  };
}

/** The program as the file has it now; undefined where the panel says why it cannot be measured. */
async function programToMeasure(view: View): Promise<Program | undefined> {
  const { problem } = view.measuring.state();
  const { program, diagnostics } = await readProgram(view.uri);
  if (program && problem === undefined) return program;
  say(view, problem ?? diagnostics[0]?.message);
  return undefined;
}

function refuse(view: View, reason: string): void {
  view.measuring.refuse(reason);
  say(view, reason);
}

/** The panel says it; where it cannot be seen any more, a message does. */
function say({ panel }: View, reason: string | undefined): void {
  if (reason !== undefined && !panel.visible) {
    void window.showInformationMessage(withoutLinks(reason));
  }
}

async function offerTrust(): Promise<void> {
  const manage = l10n.t('Manage Workspace Trust');
  const chosen = await window.showInformationMessage(
    l10n.t('In Restricted Mode no program of the workspace is run.'),
    manage,
  );
  if (chosen === manage) await commands.executeCommand('workbench.trust.manage');
}
