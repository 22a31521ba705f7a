import { readdirSync, readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';

/** A file of /proc/PID as text. Throws where there is no such process or it is not ours to read. */
export const readProc = (pid: number, file: string): string =>
  readFileSync(pathOf(pid, file), 'utf8');

/** The same; undefined where it cannot be read. */
export const tryReadProc = (pid: number, file: string): string | undefined =>
  tryRead(pathOf(pid, file));

/** A small text file; undefined where it cannot be read. */
export function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const pathOf = (pid: number, file: string) => `/proc/${pid}/${file}`;

/** All processes that can be seen, by ascending number. */
export function listProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** Whether /proc hides other users' processes (mount option hidepid, Documentation/filesystems/proc.rst). */
export function hidesProcesses(): boolean {
  const mounts = [...(tryRead('/proc/self/mounts') ?? '').matchAll(/^\S+ \/proc proc (\S+)/gm)];
  return /(^|,)hidepid=(?!0|off)/.test(mounts.at(-1)?.[1] ?? ''); // the last one lies on top
}

/** What an error from a file of /proc/PID means, for people. */
export function whyUnreadable(pid: number, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') {
    return l10n.t(
      'Process {0} belongs to another user, or is protected, as one of a setuid program is: its memory is not ours to read.',
      pid,
    );
  }
  if (code === 'ENOENT' || code === 'ESRCH') {
    const gone = l10n.t('There is no process {0}, or not any more.', pid);
    return hidesProcesses()
      ? `${gone} ${l10n.t('It may also be another user’s: /proc is mounted with hidepid here.')}`
      : gone;
  }
  return l10n.t(
    'Process {0} cannot be read: {1}',
    pid,
    error instanceof Error ? error.message : String(error),
  );
}
