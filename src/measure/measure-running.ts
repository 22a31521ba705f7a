import { basename } from 'node:path';
import * as l10n from '@vscode/l10n';
import { printable, printableText } from '../format.js';
import type { Measurement } from '../model/measurement.js';
import type { Program } from '../model/program.js';
import { fileIdentity } from '../program/file-identity.js';
import { executableOf, findProcesses } from './find-processes.js';
import { objectNames } from './object-names.js';
import { measuringProblem } from './platform.js';
import { readProcesses } from './read-processes.js';

/**
 * Measures this user's live processes of a program, up to 64 of them; runs nothing. A string says, for
 * people, why there is nothing to measure.
 */
export function measureRunning(program: Program): Measurement | string {
  const problem = measuringProblem();
  if (problem) return problem;
  const { pids, remarks } = findProcesses(program.path);
  if (pids.length === 0) {
    const nobody = l10n.t(
      'No process of {0} runs that could be read: start one, and measure again.',
      printable(basename(program.path)),
    );
    return [nobody, ...remarks].join(' ');
  }
  return readProcesses(pids, objectNames(program), remarks);
}

/** Measures the one process `pid`, which should be of this program; a remark says if it is not. */
export function measureProcess(pid: number, program: Program): Measurement | string {
  const problem = measuringProblem();
  if (problem) return problem;
  const executable = executableOf(pid);
  const other =
    typeof executable === 'string' &&
    fileIdentity(`/proc/${pid}/exe`) !== fileIdentity(program.path);
  const remarks = other
    ? [printableText(l10n.t('Process {0} runs {1}, and not {2}.', pid, executable, program.path))]
    : [];
  return readProcesses([pid], objectNames(program), remarks);
}
