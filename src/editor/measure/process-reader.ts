import { l10n } from 'vscode';
import { timeOfDay } from '../../format.js';
import { findProcesses } from '../../measure/find-processes.js';
import { measureRunning } from '../../measure/measure-running.js';
import type { Measurement } from '../../model/measurement.js';
import type { Program } from '../../model/program.js';
import type { MeasuringState } from '../../protocol.js';

/** From one reading of live processes to the next, in ms. */
const REFRESH_MS = 3_000;
/** The extension host is idle for so many times as long as a reading takes: 64 large processes, 0.5 s. */
const IDLE = 10;

/** What is shown of processes. */
export type Shown = Pick<MeasuringState, 'activity' | 'latest' | 'message'>;

/** What reads the live processes of a program again and again. */
export interface ProcessReader {
  /**
   * Reads those of a program now, and every few seconds while they are to be seen, until they have ended.
   * Returns why there is nothing to read, if so.
   */
  follow(program: Program): string | undefined;
  stop(): void;
  setVisible(visible: boolean): void;
}

export function createProcessReader(show: (change: Partial<Shown>) => void): ProcessReader {
  let visible = false;
  let followed: Program | undefined;
  let timer: NodeJS.Timeout | undefined;
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
    show({ activity: 'following', latest: measuredNow(found), message: undefined });
    // Only when one reading is done is the next one due.
    if (visible) timer = setTimeout(read, Math.max(REFRESH_MS, IDLE * took), program, true);
    return undefined;
  };
  return {
    follow: (program) => read(program, false),
    stop() {
      clearTimeout(timer);
      followed = undefined;
    },
    setVisible(visibleNow) {
      visible = visibleNow;
      clearTimeout(timer);
      if (visible && followed) read(followed, true);
    },
  };
}

/** A measurement that was just made. */
export const measuredNow = (measurement: Measurement) => ({ measurement, time: Date.now() });

/** What to say where processes that were followed cannot be read any more. */
function whyOver({ path }: Program, reason: string): string {
  if (findProcesses(path).pids.length > 0) return reason;
  return l10n.t(
    'The last process had ended by {0}. These are its last figures.',
    timeOfDay(Date.now()),
  );
}
