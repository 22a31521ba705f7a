import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import * as l10n from '@vscode/l10n';
import { counted, printable } from '../format.js';
import { msg } from '../msg.js';
import { fileIdentity } from '../program/file-identity.js';
import { listed } from './listed.js';
import { DELETED, pathInMaps } from './object-names.js';
import { hidesProcesses, listProcesses, tryReadProc } from './proc.js';

/** Live processes of a file, and what people should know of those that are not among them. */
export interface FoundProcesses {
  /** Ascending. */
  readonly pids: readonly number[];
  /** Sentences for people. */
  readonly remarks: readonly string[];
}

/** The length the kernel keeps of a process's name (TASK_COMM_LEN, without the NUL). */
const COMM_LENGTH = 15;

/** This user's live processes whose executable is the very file at `path`, by device and inode. Linux only. */
export function findProcesses(path: string): FoundProcesses {
  const file = fileIdentity(path);
  const comm = basename(path).slice(0, COMM_LENGTH);
  const old = pathInMaps(path) + DELETED;
  const pids: number[] = [];
  const replaced: number[] = [];
  let unreadable = 0;
  for (const pid of listProcesses()) {
    const executable = executableOf(pid);
    if (executable === undefined) continue;
    if (executable === FORBIDDEN) {
      if (tryReadProc(pid, 'comm')?.trimEnd() === comm) unreadable++;
    } else if (executable === old) replaced.push(pid);
    else if (file !== undefined && fileIdentity(`/proc/${pid}/exe`) === file) pids.push(pid);
  }
  return { pids, remarks: remarksOn({ path, replaced, unreadable }) };
}

const FORBIDDEN = Symbol('another user’s');

/** Where a process's executable is, `DELETED` behind it if it is not any more; undefined if it has none. */
export function executableOf(pid: number): string | typeof FORBIDDEN | undefined {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch (error) {
    // Of the kernel's own, of zombies, and of what ended since there is none.
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? FORBIDDEN : undefined;
  }
}

function remarksOn(left: { path: string; replaced: readonly number[]; unreadable: number }) {
  const name = printable(basename(left.path));
  const remarks: string[] = [];
  if (left.replaced.length > 0) {
    remarks.push(
      listed(
        left.replaced,
        msg('Process {0} is of an older build of {1}, which was replaced since: left out.'),
        msg('Processes {0} are of an older build of {1}, which was replaced since: left out.'),
        name,
      ),
    );
  }
  if (left.unreadable > 0) {
    remarks.push(
      counted(
        left.unreadable,
        msg('{0} process called {1} cannot be looked into: another user’s, or protected.'),
        msg('{0} processes called {1} cannot be looked into: another user’s, or protected.'),
        name,
      ),
    );
  }
  if (hidesProcesses()) {
    remarks.push(
      l10n.t('/proc is mounted with hidepid here: other users’ processes cannot be seen.'),
    );
  }
  return remarks;
}
