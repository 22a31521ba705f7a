import { constants } from 'node:os';
import { text } from 'node:stream/consumers';
import { printableText } from '../format.js';
import type { Input } from '../measure/input.js';
import { runAndMeasure } from '../measure/run-and-measure.js';
import type { Measurement } from '../model/measurement.js';
import type { Program } from '../model/program.js';
import type { Started } from './measure-options.js';
import { showLine } from './terminal-line.js';

/**
 * Runs and measures a program; a signal that would end this command ends first what it has started. A
 * string says why nothing was measured.
 */
export async function runStarted(what: Started, program: Program): Promise<Measurement | string> {
  const { args, instances, aslr, limitMs } = what;
  const input = await inputOf(what.input); // as long as that takes, Ctrl-C may end this as usual
  const stopped = abortOnSignals();
  const request = { program, args, input, instances, aslr, limitMs, cwd: process.cwd() };
  const measurement = await runAndMeasure(request, stopped, (message) => {
    if (!stopped.aborted) showLine(printableText(message));
  });
  showLine('');
  return measurement;
}

const inputOf = async (input: Started['input']): Promise<Input> =>
  input === '-' ? { kind: 'text', text: await text(process.stdin) } : { kind: input };

/** What was started is ended first; then this ends as shells expect of what a signal ended. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) {
    process.on(signal, () => {
      process.exitCode = 128 + constants.signals[signal];
      controller.abort();
    });
  }
  return controller.signal;
}
