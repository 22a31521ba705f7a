import { basename } from 'node:path';
import * as l10n from '@vscode/l10n';
import { isLoadable, type Machine } from '../binary/binary.js';
import { printable } from '../format.js';
import type { Program } from '../model/program.js';
import { detectOperatingSystem } from '../system/detect.js';
import { isExecutable } from './path-command.js';
import { measuringProblem } from './platform.js';

/** Machines whose programs a processor runs, by Node's name for it. */
const RUNS: Readonly<Record<string, readonly Machine[]>> = {
  x64: ['x86-64', 'i386'],
  ia32: ['i386', 'x86-64'], // a 32-bit Node.js may be on a 64-bit kernel
  arm64: ['arm64', 'arm'],
  arm: ['arm', 'arm64'],
  riscv64: ['riscv'],
  s390x: ['s390x'],
  ppc64: ['ppc64', 'ppc'],
  loong64: ['loongarch'],
};

/**
 * Why a program cannot be run here, a sentence for people; undefined where nothing speaks against it.
 * This comes before trying: what the kernel does not know, the C library's execvp gives to the shell.
 */
export function runningProblem({ path, binary }: Program): string | undefined {
  const problem = measuringProblem();
  if (problem) return problem;
  const name = printable(basename(path));
  if (!isLoadable(binary)) {
    return l10n.t('{0} cannot be run: it is no program, but a file to link or a core dump.', name);
  }
  const { os, because } = detectOperatingSystem(binary);
  if (os !== 'linux')
    return l10n.t('{0} cannot be run here: it is for another system ({1}).', name, because);
  const machines = RUNS[process.arch];
  if (machines && !machines.includes(binary.machine)) {
    return l10n.t(
      '{0} cannot be run here: it is for {1}, and this machine is {2}.',
      name,
      binary.machine,
      process.arch,
    );
  }
  const { interpreter } = binary;
  if (interpreter !== undefined && !isExecutable(interpreter)) {
    return l10n.t(
      '{0} cannot be run here: its dynamic loader {1} is not there.',
      name,
      printable(interpreter),
    );
  }
  return isExecutable(path)
    ? undefined
    : l10n.t(
        '{0} cannot be run: it is not there any more, or nobody may execute it. “chmod +x” allows it.',
        name,
      );
}
