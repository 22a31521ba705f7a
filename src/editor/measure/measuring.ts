import { type Disposable, l10n, type Uri, workspace } from 'vscode';
import { measuringProblem } from '../../measure/platform.js';
import type { RunRequest } from '../../measure/run-and-measure.js';
import type { Program } from '../../model/program.js';
import type { MeasuringState } from '../../protocol.js';
import { createProcessReader, type Shown } from './process-reader.js';
import { createProgramRun } from './program-run.js';

/** What a view shows of live processes beside its estimate. */
export interface Measuring extends Disposable {
  state(): MeasuringState;
  /**
   * Reads the live processes of a program now, and every few seconds while the view is visible, until
   * they have ended. Returns why there is nothing to read, if so.
   */
  follow(program: Program): string | undefined;
  /** Starts instances of a program, measures and ends them. Resolves to why that failed, if it did. */
  run(request: RunRequest): Promise<string | undefined>;
  /** Says why nothing was done. */
  refuse(reason: string): void;
  /** Ends what is being done; what was measured stays. */
  stop(): void;
  /** What was measured is no longer the program that the file holds. */
  forget(): void;
  setVisible(visible: boolean): void;
}

const NOTHING: Shown = { activity: 'none', latest: undefined, message: undefined };

/** @param changed called whenever the state is another */
export function createMeasuring(uri: Uri, changed: () => void): Measuring {
  const problem = problemAt(uri);
  let shown = NOTHING;
  const show = (change: Partial<Shown>) => {
    shown = { ...shown, ...change };
    changed();
  };
  const reader = createProcessReader(show);
  const run = createProgramRun(show);
  const halt = () => {
    reader.stop();
    run.drop();
  };
  const trust = workspace.onDidGrantWorkspaceTrust(changed);

  return {
    state: () => ({ problem, trusted: workspace.isTrusted, ...shown }),
    follow(program) {
      halt();
      return reader.follow(program);
    },
    run(request) {
      halt();
      return run.start(request);
    },
    refuse: (message) => show({ message }),
    stop() {
      if (run.isOn()) return run.cancel();
      halt();
      show({ activity: 'none' });
    },
    forget() {
      if (shown === NOTHING) return;
      const wasMeasured = shown.latest !== undefined || shown.activity !== 'none';
      halt();
      const again = l10n.t('The file has changed since it was measured: measure again.');
      show({ ...NOTHING, message: wasMeasured ? again : undefined });
    },
    setVisible: reader.setVisible,
    dispose() {
      reader.setVisible(false);
      halt();
      trust.dispose();
    },
  };
}

function problemAt({ scheme }: Uri): string | undefined {
  if (scheme === 'file') return measuringProblem();
  return l10n.t(
    'The file is not on this machine ({0}:), so its processes cannot be measured.',
    scheme,
  );
}
