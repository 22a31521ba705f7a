import { l10n, ProgressLocation, window } from 'vscode';
import { type RunRequest, runAndMeasure } from '../measure/run-and-measure.js';
import type { Measurement } from '../model/measurement.js';
import { withoutLinks } from './notification-text.js';

/** Runs and measures with a notification that says how far it is, and that can be cancelled. */
export const runWithProgress = (
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
