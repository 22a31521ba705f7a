import * as l10n from '@vscode/l10n';
import { printable } from '../format.js';
import type { MeasuredProcess, Measurement } from '../model/measurement.js';
import { DELETED, type ObjectNames } from './object-names.js';
import { readProcess } from './process-memory.js';

/** More of one program tell nothing new. */
const MAX_PROCESSES = 64;
const MAX_FAILURES = 5;

/** Reads up to 64 processes of one program. A string says, for people, why none could be read. */
export function readProcesses(
  pids: readonly number[],
  objects: ObjectNames,
  remarks: readonly string[],
): Measurement | string {
  const processes: MeasuredProcess[] = [];
  const failures: string[] = [];
  for (const pid of pids.slice(0, MAX_PROCESSES)) {
    const process = readProcess(pid, objects);
    if (typeof process === 'string') failures.push(process);
    else processes.push(process);
  }
  if (processes.length === 0) return [...failures.slice(0, 1), ...remarks].join(' ');
  const all = [
    ...remarks,
    ...failures.slice(0, MAX_FAILURES),
    ...replacedFiles(processes, objects),
  ];
  if (pids.length > MAX_PROCESSES) {
    all.push(
      l10n.t(
        'Of {0} processes the {1} with the lowest numbers were read.',
        pids.length,
        MAX_PROCESSES,
      ),
    );
  }
  return { processes, remarks: all };
}

/** A remark for each file of the program that a process has mapped in an older build than is there now. */
function replacedFiles(processes: readonly MeasuredProcess[], objects: ObjectNames): string[] {
  const since = new Map<string, number>();
  for (const { pid, regions } of processes) {
    for (const { name } of regions) {
      if (!name.endsWith(DELETED)) continue;
      const path = name.slice(0, -DELETED.length);
      if (objects.has(path) && !since.has(path)) since.set(path, pid);
    }
  }
  return [...since].map(([path, pid]) =>
    l10n.t(
      '{0} was replaced since process {1} started: what it maps is the old build.',
      printable(path),
      pid,
    ),
  );
}
