import { window } from 'vscode';
import type * as machine from '../../measure/measure-commands.js';
import type { View } from '../../panel/view.js';

/** Menus do not offer these commands here; a keybinding may. */
export const measureRunningProcesses: typeof machine.measureRunningProcesses = refuse;
export const runAndMeasureProgram: typeof machine.runAndMeasureProgram = refuse;

async function refuse({ measuring }: View): Promise<void> {
  const { problem } = measuring.state();
  if (problem !== undefined) void window.showInformationMessage(problem);
}
