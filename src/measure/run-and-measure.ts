import { basename, resolve } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { integer, printable } from '../format.js';
import type { Measurement } from '../model/measurement.js';
import type { Program } from '../model/program.js';
import { msg } from '../msg.js';
import { endFamily } from './end-family.js';
import { createFamily, type Family } from './family.js';
import type { Input } from './input.js';
import { type Instance, plainEnvironment, startInstance } from './instance.js';
import { listed } from './listed.js';
import { measureInstances } from './measure-instances.js';
import { pathCommand } from './path-command.js';
import { whyNotStarted } from './run-messages.js';
import { runningProblem } from './runnable.js';
import { settle } from './settle.js';

/** A program to run, and how. */
export interface RunRequest {
  readonly program: Program;
  readonly args: readonly string[];
  readonly input: Input;
  /** 2 to 1000: what processes share shows only where there are several. */
  readonly instances: number;
  readonly aslr: boolean;
  /** How long to wait until all instances sleep. */
  readonly limitMs: number;
  readonly cwd: string;
}

/** What is done where nothing else is asked for: two can share what one alone would hold. */
export const USUAL_INSTANCES = 2;
export const USUAL_LIMIT_MS = 10_000;

/** Between so many, a cancellation is heard. */
const BATCH = 8;
const SECOND_MS = 1000;

/**
 * Runs several instances of a program, waits until they sleep, measures them, and ends them with all
 * they have started, whatever happens. `progress` is told what is being done. A string says, for
 * people, why nothing was measured.
 */
export async function runAndMeasure(
  request: RunRequest,
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<Measurement | string> {
  const problem = runningProblem(request.program);
  if (problem) return problem;
  const command = commandOf(request);
  if (typeof command === 'string') return command;
  const family = createFamily();
  const instances: Instance[] = [];
  const endNow = () => {
    family.kill();
    for (const instance of instances) instance.end();
  };
  process.once('exit', endNow);
  let result: Measurement | string;
  try {
    await start(request, command, family, instances, signal, progress);
    let seconds = -1;
    const atRest = await settle(instances, request.limitMs, signal, (waitedMs) => {
      family.find(); // those that leave the family are known from now on
      const now = Math.floor(waitedMs / SECOND_MS);
      if (now > seconds) progress(l10n.t('Waiting until they sleep ({0} s)', now));
      seconds = now;
    });
    progress(l10n.t('Measuring'));
    result = await measureInstances(request, instances, family, atRest);
  } catch (error) {
    result = signal.aborted ? l10n.t('Cancelled.') : whyNotStarted(nameOf(request), error as Error);
  }
  await endFamily(family);
  endNow(); // /proc may hide an instance that is another user's by now, and one just started has no mark
  const left = await endFamily(family); // what such a one has started
  process.off('exit', endNow);
  return left.length === 0 ? result : withRemark(result, couldNotEnd(left));
}

const nameOf = ({ program }: RunRequest) => printable(basename(program.path));

/** What is run, with its arguments; a string where addresses cannot be fixed. */
export function commandOf({
  program,
  args,
  aslr,
}: RunRequest): readonly [string, ...string[]] | string {
  const path = resolve(program.path);
  if (aslr) return [path, ...args];
  const setarch = pathCommand('setarch');
  return setarch === undefined
    ? l10n.t(
        'Addresses cannot be fixed here: that takes setarch, which util-linux has, and it is not installed. Measure with ASLR on.',
      )
    : [setarch, '-R', path, ...args];
}

async function start(
  request: RunRequest,
  command: readonly string[],
  { mark }: Family,
  instances: Instance[],
  signal: AbortSignal,
  progress: (message: string) => void,
) {
  progress(l10n.t('Starting {0} of {1}', integer(request.instances), nameOf(request)));
  const { input, cwd } = request;
  const environment = { ...plainEnvironment(), ...mark.environment };
  const [first, ...args] = [...mark.prefix, ...command] as [string, ...string[]];
  for (let i = 0; i < request.instances; i++) {
    if (i % BATCH === 0) await breathe(undefined, { signal });
    if (instances.some(({ error }) => error)) return; // the others would fare no better
    instances.push(startInstance({ command: first, args, input, cwd, environment }));
  }
  await breathe(undefined, { signal });
}

const couldNotEnd = (pids: readonly number[]) =>
  listed(
    pids,
    msg('Process {0} could not be ended: another user’s by now, or waiting for a device.'),
    msg('Processes {0} could not be ended: another user’s by now, or waiting for a device.'),
  );

const withRemark = (result: Measurement | string, remark: string): Measurement | string =>
  typeof result === 'string'
    ? `${result} ${remark}`
    : { ...result, remarks: [...result.remarks, remark] };
