import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { counted, integer, printable } from '../format.js';
import type { MeasuredProcess, Measurement } from '../model/measurement.js';
import type { Program } from '../model/program.js';
import { msg } from '../msg.js';
import { fileIdentity } from '../program/file-identity.js';
import type { Family } from './family.js';
import { executableOf } from './find-processes.js';
import type { Instance } from './instance.js';
import { objectNames } from './object-names.js';
import { readProcesses } from './read-processes.js';
import { whyEnded, whyNotStarted } from './run-messages.js';
import { isAlive } from './settle.js';

/** What was asked for, as far as it matters to what is found. */
interface Asked {
  readonly program: Program;
  readonly instances: number;
  readonly aslr: boolean;
  readonly limitMs: number;
}

/** The last words of a process that ended may be on their way. */
const LAST_WORDS_MS = 50;

/**
 * Measures the instances that are alive. A string says, for people, why there is nothing to measure;
 * remarks, what is not as it was asked for.
 *
 * @param atRest whether they sleep, or the time was over
 */
export async function measureInstances(
  asked: Asked,
  instances: readonly Instance[],
  family: Family,
  atRest: boolean,
): Promise<Measurement | string> {
  const name = printable(basename(asked.program.path));
  const pids = instances.filter(isAlive).map(({ pid }) => pid);
  const others = family.find().length - pids.length;
  if (pids.length < asked.instances) await delay(LAST_WORDS_MS);
  const lost = whyFewer(name, instances, pids.length === 0 ? others : 0);
  if (pids.length === 0) return lost;

  const instead = runInstead(pids, asked.program.path);
  const same = pids.filter((pid) => !instead.has(pid));
  const [another] = instead.values();
  if (same.length === 0) {
    return l10n.t(
      '{0} has handed its process over to {1} (exec): measure that program instead.',
      name,
      printable(another ?? ''),
    );
  }
  const remarks = remarksOn(name, asked, {
    atRest,
    left: pids.length,
    lost,
    measured: same.length,
    another,
    others,
  });
  const measurement = readProcesses(same, objectNames(asked.program), remarks);
  if (typeof measurement === 'string') return measurement;
  return {
    ...measurement,
    remarks: [...measurement.remarks, ...onAslr(measurement.processes, asked)],
  };
}

/** What became of the instances. */
interface Outcome {
  readonly atRest: boolean;
  /** How many are alive, and why not all are; empty where they are. */
  readonly left: number;
  readonly lost: string;
  /** How many are measured: those that still run the program. What one of the others runs. */
  readonly measured: number;
  readonly another: string | undefined;
  /** Processes that they started. */
  readonly others: number;
}

function remarksOn(name: string, { limitMs, instances }: Asked, outcome: Outcome): string[] {
  const { atRest, left, lost, measured, another, others } = outcome;
  const remarks: string[] = [];
  if (!atRest) remarks.push(restless(limitMs));
  if (lost) {
    remarks.push(`${l10n.t('{0} of {1} were left to measure.', left, integer(instances))} ${lost}`);
  }
  if (another !== undefined) {
    remarks.push(
      l10n.t(
        '{0} has handed its process over to {1} (exec) in some instances, which are left out.',
        name,
        printable(another),
      ),
    );
  }
  if (measured === 1) {
    remarks.push(l10n.t('Whether processes share pages shows only with two or more.'));
  }
  if (others > 0) {
    remarks.push(
      counted(
        others,
        msg('{0} process that they started: not measured, ended.'),
        msg('{0} processes that they started: not measured, ended.'),
      ),
    );
  }
  return remarks;
}

/** Empty where all instances live. */
function whyFewer(name: string, instances: readonly Instance[], left: number): string {
  const failed = instances.find(({ error }) => error);
  if (failed?.error) return whyNotStarted(name, failed.error);
  const ended = instances.find(({ exit }) => exit);
  return ended ? whyEnded(name, ended, left) : '';
}

/** The processes that run another file than the program, and which. */
function runInstead(pids: readonly number[], path: string): ReadonlyMap<number, string> {
  const file = fileIdentity(path);
  const others = new Map<number, string>();
  for (const pid of pids) {
    const executable = executableOf(pid);
    if (typeof executable !== 'string' || fileIdentity(`/proc/${pid}/exe`) === file) continue;
    others.set(pid, executable);
  }
  return others;
}

const restless = (limitMs: number) =>
  l10n.t(
    'They did not come to rest in {0} s and were measured as they ran: the figures move.',
    integer(limitMs / 1000),
  );

/** Setuid programs are always randomised, and some systems randomise nothing. */
function onAslr(processes: readonly MeasuredProcess[], { aslr }: Asked): string[] {
  const differs = processes.some(({ randomised }) => randomised === !aslr);
  if (!differs) return [];
  return [
    aslr
      ? l10n.t('Addresses were fixed here, though asked to be otherwise.')
      : l10n.t('Addresses were randomised here, though asked to be otherwise.'),
  ];
}
