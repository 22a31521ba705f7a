import { l10n, type QuickPickItem, window } from 'vscode';
import { printable } from '../../format.js';
import { quoteArgument, quoteCommand, splitArguments } from '../../measure/command-line.js';
import type { Input } from '../../measure/input.js';
import type { RunRequest } from '../../measure/run-and-measure.js';
import { paletteClosed } from '../palette-closed.js';

/** How a program is to be run, as the user said it. */
export interface RunAnswers {
  /** As typed. */
  readonly args: string;
  readonly input: Input;
}

/**
 * Asks with what arguments and standard input to run a program; undefined where the user leaves.
 * @param last what was answered for it before
 */
export async function askHowToRun(
  name: string,
  last: RunAnswers | undefined,
): Promise<RunAnswers | undefined> {
  const title = l10n.t('Run and Measure {0}', printable(name));
  await paletteClosed();
  const args = await window.showInputBox({
    title,
    prompt: l10n.t(
      'Arguments, quoted as for a shell. No shell runs: * and $HOME stand for themselves.',
    ),
    placeHolder: l10n.t('No arguments'),
    value: last?.args ?? '',
    ignoreFocusOut: true,
    validateInput: (text) => {
      const split = splitArguments(text);
      return split.ok ? undefined : split.message;
    },
  });
  if (args === undefined) return undefined;
  const input = await askForInput(title, last?.input);
  return input && { args, input };
}

interface InputItem extends QuickPickItem {
  readonly kindOfInput: Input['kind'];
}

async function askForInput(title: string, last: Input | undefined): Promise<Input | undefined> {
  const items: readonly InputItem[] = [
    {
      label: l10n.t('Held open, nothing written'),
      detail: l10n.t('For programs that wait for input, as cat and shells do.'),
      kindOfInput: 'open',
    },
    {
      label: l10n.t('Empty'),
      detail: l10n.t('Ends at once.'),
      kindOfInput: 'empty',
    },
    {
      label: l10n.t('Text…'),
      detail: l10n.t('One line, and then held open.'),
      kindOfInput: 'text',
    },
  ];
  // The first is the one that is chosen by Enter.
  const first = items.filter(({ kindOfInput }) => kindOfInput === last?.kind);
  const chosen = await window.showQuickPick([...new Set([...first, ...items])], {
    title,
    placeHolder: l10n.t('Standard input'),
    ignoreFocusOut: true,
  });
  if (!chosen) return undefined;
  if (chosen.kindOfInput !== 'text') return { kind: chosen.kindOfInput };
  const line = await window.showInputBox({
    title,
    prompt: l10n.t('The line that is written to standard input.'),
    value: last?.kind === 'text' ? last.text.slice(0, -1) : '',
    ignoreFocusOut: true,
  });
  return line === undefined ? undefined : { kind: 'text', text: `${line}\n` };
}

/**
 * Shows what would be run, all of it, and asks whether to.
 * @param command with its arguments
 */
export async function confirmRun(
  request: RunRequest,
  command: readonly string[],
): Promise<boolean> {
  const run = l10n.t('Run and Measure');
  const chosen = await window.showWarningMessage(
    l10n.t('Run this program?'),
    {
      modal: true,
      detail: [
        quoteCommand(command),
        l10n.t('Standard input: {0}', inputInWords(request.input)),
        l10n.t('Folder: {0}', quoteArgument(request.cwd)),
        l10n.t(
          '{0} instances are started, and measured when they sleep, or after {1} seconds. Then they and all that they started are ended.',
          request.instances,
          request.limitMs / 1000,
        ),
        l10n.t(
          'Where prlimit is installed it starts them with an unusual limit on realtime, far above what any program needs. Whatever they start inherits it, and is found by it.',
        ),
      ].join('\n\n'),
    },
    run,
  );
  return chosen === run;
}

function inputInWords(input: Input): string {
  switch (input.kind) {
    case 'open':
      return l10n.t('held open, nothing written');
    case 'empty':
      return l10n.t('empty');
    case 'text':
      return l10n.t('the line {0}, then held open', quoteArgument(input.text.slice(0, -1)));
  }
}
