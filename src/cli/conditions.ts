import { resolve } from 'node:path';
import { integer } from '../format.js';
import { systemNamed } from '../model/parse-ids.js';
import { parseProcesses } from '../model/parse-workload.js';
import { DEFAULT_PROCESSES, MAX_PROCESSES } from '../model/total.js';
import type { Workload } from '../model/workload.js';
import { openSysroot } from '../program/sysroot.js';
import { wrap } from '../report/columns.js';
import type { System } from '../system/system.js';
import { SYSTEMS } from '../system/systems.js';
import {
  known,
  WORKLOAD_HELP,
  WORKLOAD_OPTIONS,
  type WorkloadValues,
  WrongUsage,
  workloadOf,
  wrong,
} from './options.js';

/** All there are, in lines that stand below the option's explanation. */
const systemIds = (): string =>
  wrap(SYSTEMS.map(({ id }) => id).join(', '), 64)
    .map((line) => `${' '.repeat(22)}${line}`)
    .join('\n');

/** What to estimate for, for every command that may do so for another machine. */
export const CONDITION_OPTIONS = {
  processes: { type: 'string' },
  system: { type: 'string' },
  sysroot: { type: 'string' },
  'no-aslr': { type: 'boolean' },
  ...WORKLOAD_OPTIONS,
} as const;

export const CONDITION_HELP = `\
      --processes N   how many processes, 1 to 1,000,000 (default 10,000)
      --system ID     for which system (default: the one it is made for):
${systemIds()}
      --sysroot DIR   where the files of the program's system are, for a program whose
                      libraries are not this machine's (default: /)
      --no-aslr       addresses are not randomised
${WORKLOAD_HELP}`;

interface ConditionValues extends WorkloadValues {
  readonly processes?: string | undefined;
  readonly system?: string | undefined;
  readonly sysroot?: string | undefined;
  readonly 'no-aslr'?: boolean | undefined;
}

export interface AskedConditions {
  readonly processes: number;
  /** Undefined for the one each program is made for. */
  readonly system: System | undefined;
  /** Absolute; undefined for this machine's own files. */
  readonly sysroot: string | undefined;
  readonly aslr: boolean;
  readonly workload: Workload;
}

/** @throws {WrongUsage} */
export const conditionsOf = (values: ConditionValues): AskedConditions => ({
  processes: processesOf(values.processes),
  system: values.system === undefined ? undefined : known(systemNamed(values.system)),
  sysroot: sysrootOf(values.sysroot),
  aslr: !values['no-aslr'],
  workload: workloadOf(values),
});

function processesOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PROCESSES;
  const most = integer(MAX_PROCESSES);
  return parseProcesses(text) ?? wrong(`--processes is a whole number from 1 to ${most}`, text);
}

/** @throws {WrongUsage} */
export function sysrootOf(directory: string | undefined): string | undefined {
  if (directory === undefined) return undefined;
  if (directory === '') wrong('--sysroot is a directory', directory);
  const sysroot = resolve(directory);
  const { problem } = openSysroot(sysroot);
  if (problem) throw new WrongUsage(`--sysroot: ${problem}`);
  return sysroot;
}
