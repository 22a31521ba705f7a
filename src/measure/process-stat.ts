import { readdirSync } from 'node:fs';
import { readProc, tryReadProc } from './proc.js';

/** What /proc/PID/stat says of a process (Documentation/filesystems/proc.rst). */
export interface ProcessStat {
  /** R running, S sleeping, T stopped, Z ended and not waited for, … */
  readonly state: string;
  readonly parent: number;
  readonly session: number;
  /** When it started, in clock ticks since boot: with the number, names a process for good. */
  readonly started: string;
}

/** Threads looked at of one process. */
const MAX_THREADS = 256;

/** Undefined where there is no such process. */
export function readStat(pid: number): ProcessStat | undefined {
  const text = tryReadProc(pid, 'stat');
  return text === undefined ? undefined : parseStat(text);
}

/** Of the line's fields, counted from 1, number 3, 4, 6 and 22. The name before them may hold anything. */
function parseStat(text: string): ProcessStat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    state: fields[0] ?? 'X',
    parent: Number(fields[1]),
    session: Number(fields[3]),
    started: fields[19] ?? '',
  };
}

/** Whether a process lives, that is, holds memory. */
export const lives = (stat: ProcessStat | undefined): stat is ProcessStat =>
  stat !== undefined && !/[ZX]/.test(stat.state);

/** Whether all threads of a process sleep, or are stopped. */
export function sleeps(pid: number): boolean {
  try {
    const threads = readdirSync(`/proc/${pid}/task`).slice(0, MAX_THREADS);
    return threads.every((thread) =>
      /^[ST]/.test(parseStat(readProc(pid, `task/${thread}/stat`)).state),
    );
  } catch {
    return false; // one has just ended
  }
}
