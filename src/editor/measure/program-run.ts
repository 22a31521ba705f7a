import { l10n, ProgressLocation, window } from 'vscode';
import { type RunRequest, runAndMeasure } from '../../measure/run-and-measure.js';
import type { Measurement } from '../../model/measurement.js';
import { messageOf } from '../errors.js';
import { withoutLinks } from '../notification-text.js';
import { measuredNow, type Shown } from './process-reader.js';

/** What starts instances of a program, measures and ends them, one run at a time. */
export interface ProgramRun {
  /** Resolves to why that failed, if it did and nothing else was asked for since. */
  start(request: RunRequest): Promise<string | undefined>;
  isOn(): boolean;
  /** Ends it. It is over when its processes are: then it says so itself. */
  cancel(): void;
  /** Ends it, and shows no more of it. */
  drop(): void;
}

export function createProgramRun(show: (change: Partial<Shown>) => void): ProgramRun {
  let running: AbortController | undefined;
  return {
    async start(request) {
      const run = new AbortController();
      running = run;
      show({ activity: 'running', message: l10n.t('Starting…') });
      const found = await runWithProgress(request, run, (message) => {
        if (running === run) show({ message });
      }).then(undefined, messageOf);
      if (running !== run) return undefined;
      running = undefined;
      if (typeof found !== 'string') {
        show({ activity: 'none', latest: measuredNow(found), message: undefined });
        return undefined;
      }
      show({ activity: 'none', message: found });
      return found;
    },
    isOn: () => running !== undefined,
    cancel: () => running?.abort(),
    drop() {
      running?.abort();
      running = undefined;
    },
  };
}

/** Runs and measures with a notification that says how far it is, and that can be cancelled. */
const runWithProgress = (
  request: RunRequest,
  run: AbortController,
  tell: (message: string) => void,
): Thenable<Measurement | string> =>
  window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Run and Measure'),
      cancellable: true,
    },
    (progress, token) => {
      token.onCancellationRequested(() => run.abort());
      return runAndMeasure(request, run.signal, (message) => {
        progress.report({ message: withoutLinks(message) });
        tell(message);
      });
    },
  );
