import { type Disposable, l10n, type Uri, workspace } from 'vscode';
import { timeOfDay } from '../format.js';
import { findProcesses } from '../measure/find-processes.js';
import { measureRunning } from '../measure/measure-running.js';
import { measuringProblem } from '../measure/platform.js';
import type { RunRequest } from '../measure/run-and-measure.js';
import type { Measurement } from '../model/measurement.js';
import type { Program } from '../model/program.js';
import type { MeasuringState } from '../protocol.js';
import { messageOf } from './errors.js';
import { runWithProgress } from './run-with-progress.js';

/** From one reading of live processes to the next, in ms. */
const REFRESH_MS = 3_000;
/** The extension host is idle for so many times as long as a reading takes: 64 large processes, 0.5 s. */
const IDLE = 10;

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

type Shown = Pick<MeasuringState, 'activity' | 'latest' | 'message'>;

const NOTHING: Shown = { activity: 'none', latest: undefined, message: undefined };

/** @param changed called whenever the state is another */
export function createMeasuring(uri: Uri, changed: () => void): Measuring {
  const problem = problemAt(uri);
  let shown = NOTHING;
  let visible = false;
  let followed: Program | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: AbortController | undefined;

  const show = (change: Partial<Shown>) => {
    shown = { ...shown, ...change };
    changed();
  };
  const halt = () => {
    clearTimeout(timer);
    followed = undefined;
    running?.abort();
    running = undefined;
  };
  const read = (program: Program, again: boolean): string | undefined => {
    clearTimeout(timer);
    const start = performance.now();
    const found = measureRunning(program);
    const took = performance.now() - start;
    if (typeof found === 'string') {
      followed = undefined;
      show({ activity: 'none', message: again ? whyOver(program, found) : found });
      return found;
    }
    followed = program;
    show({ activity: 'following', latest: now(found), message: undefined });
    // Only when one reading is done is the next one due.
    if (visible) timer = setTimeout(read, Math.max(REFRESH_MS, IDLE * took), program, true);
    return undefined;
  };
  const trust = workspace.onDidGrantWorkspaceTrust(changed);

  return {
    state: () => ({ problem, trusted: workspace.isTrusted, ...shown }),
    follow(program) {
      halt();
      return read(program, false);
    },
    async run(request) {
      halt();
      const run = new AbortController();
      running = run;
      show({ activity: 'running', message: l10n.t('Starting…') });
      const found = await runWithProgress(request, run, (message) => {
        if (running === run) show({ message });
      }).then(undefined, messageOf);
      // Something else has been asked for since.
      if (running !== run) return undefined;
      running = undefined;
      if (typeof found !== 'string') {
        show({ activity: 'none', latest: now(found), message: undefined });
        return undefined;
      }
      show({ activity: 'none', message: found });
      return found;
    },
    refuse: (message) => show({ message }),
    stop() {
      // A run is over when its processes are: then it says so itself.
      if (running) return running.abort();
      halt();
      show({ activity: 'none' });
    },
    forget() {
      if (shown === NOTHING) return;
      halt();
      show({
        ...NOTHING,
        message: l10n.t('The file has changed since it was measured: measure again.'),
      });
    },
    setVisible(visibleNow) {
      visible = visibleNow;
      clearTimeout(timer);
      if (visible && followed) read(followed, true);
    },
    dispose() {
      visible = false;
      halt();
      trust.dispose();
    },
  };
}

const now = (measurement: Measurement) => ({
  measurement,
  time: Date.now(),
});

function problemAt({ scheme }: Uri): string | undefined {
  if (scheme === 'file') return measuringProblem();
  return l10n.t(
    'The file is not on this machine ({0}:), so its processes cannot be measured.',
    scheme,
  );
}

/** What to say where processes that were followed cannot be read any more. */
function whyOver({ path }: Program, reason: string): string {
  if (findProcesses(path).pids.length > 0) return reason;
  return l10n.t(
    'The last process had ended by {0}. These are its last figures.',
    timeOfDay(Date.now()),
  );
}
