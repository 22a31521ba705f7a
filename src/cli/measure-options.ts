import { USUAL_INSTANCES, USUAL_LIMIT_MS } from '../measure/run-and-measure.js';
import type { Workload } from '../model/workload.js';
import {
  readArguments,
  WHAT_IF_HELP,
  WHAT_IF_OPTION,
  WORKLOAD_HELP,
  WORKLOAD_OPTIONS,
  WrongUsage,
  whatIfsOf,
  workloadOf,
  wrong,
} from './options.js';

export const MEASURE_HELP = `Usage: pagecost measure [option]... FILE [--] [ARGUMENT]...
       pagecost measure [option]... --running FILE
       pagecost measure [option]... --pid PID [--pid PID]...

What processes of a program hold, beside the estimate for this machine. The first form
starts some with the arguments, waits until they sleep, measures them and ends them with
all they started; an argument that begins with - goes behind --. The others look at
processes that run already, and run nothing. Linux only.

      --running       all processes of FILE that this user can look into
      --pid PID       this process; several of one program have an option each
  -n, --instances N   how many to start, 2 to 1000 (default 2)
      --input WHAT    their standard input: open, on which nothing comes; empty; or - for
                      what comes in here (default: open)
      --limit SECONDS how long to wait until they sleep, to 600 (default 10)
      --no-aslr       start them with addresses that are not randomised
${WORKLOAD_HELP}
${WHAT_IF_HELP}
      --json          a JSON document
      --help          this text

Ends with 0 if something was measured, 1 if not, 2 for wrong usage, 130 after Ctrl-C.
`;

export interface MeasureAsked {
  readonly what: Started | Running | Processes;
  readonly json: boolean;
  readonly workload: Workload;
  /** Of the estimate; the processes are as they are. */
  readonly whatIfs: readonly string[];
}

/** Processes to start of a file. */
export interface Started {
  readonly kind: 'started';
  readonly path: string;
  readonly args: readonly string[];
  readonly instances: number;
  readonly input: 'open' | 'empty' | '-';
  readonly aslr: boolean;
  readonly limitMs: number;
}

/** All processes of a file that run already. */
export interface Running {
  readonly kind: 'running';
  readonly path: string;
}

/** Processes that run already, by their numbers. */
export interface Processes {
  readonly kind: 'processes';
  /** At least one. */
  readonly pids: readonly number[];
}

/** What only makes sense for processes that are to be started. */
const START_OPTIONS = {
  instances: { type: 'string', short: 'n' },
  input: { type: 'string' },
  limit: { type: 'string' },
  'no-aslr': { type: 'boolean' },
} as const;

const OPTIONS = {
  ...START_OPTIONS,
  ...WORKLOAD_OPTIONS,
  ...WHAT_IF_OPTION,
  running: { type: 'boolean' },
  pid: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

/** @throws {WrongUsage} */
export function readMeasureArguments(args: readonly string[]): MeasureAsked {
  const hint = 'The options of the program to start go behind --.';
  const { values, positionals } = readArguments(args, OPTIONS, hint);
  return {
    what: values.running || values.pid ? found(values, positionals) : started(values, positionals),
    json: values.json ?? false,
    workload: workloadOf(values),
    whatIfs: whatIfsOf(values),
  };
}

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>['values'];

function found(values: Values, positionals: readonly string[]): Running | Processes {
  const unfit = Object.keys(START_OPTIONS).find((name) => name in values);
  if (unfit) {
    throw new WrongUsage(`--${unfit} is for processes to start; --running and --pid start none.`);
  }
  const [path, ...more] = positionals;
  if (!values.running) {
    if (path !== undefined) throw new WrongUsage(`--pid needs no file: '${path}' is one too many.`);
    return { kind: 'processes', pids: [...new Set(values.pid?.map(pidOf))] };
  }
  if (values.pid) throw new WrongUsage('It is either --running or --pid.');
  if (path === undefined) throw new WrongUsage('--running needs a file.');
  if (more.length > 0) throw new WrongUsage('--running is for one file, and starts nothing.');
  return { kind: 'running', path };
}

function started(values: Values, positionals: readonly string[]): Started {
  const [path, ...args] = positionals;
  if (path === undefined) throw new WrongUsage('No file was named, and no process.');
  return {
    kind: 'started',
    path,
    args,
    instances: instancesOf(values.instances),
    input: inputOf(values.input),
    aslr: !values['no-aslr'],
    limitMs: limitOf(values.limit),
  };
}

const LEAST = 2; // what a single process maps nobody shares
const MOST = 1000;
const LONGEST_S = 600;
/** pid_max is at most 2^22 (Linux include/linux/threads.h, PID_MAX_LIMIT). */
const MAX_PID = 2 ** 22;

function instancesOf(text: string | undefined): number {
  if (text === undefined) return USUAL_INSTANCES;
  const n = wholeNumber(text);
  return n >= LEAST && n <= MOST ? n : wrong('-n is a whole number from 2 to 1000', text);
}

function inputOf(text = 'open'): Started['input'] {
  if (text === 'open' || text === 'empty' || text === '-') return text;
  return wrong('--input is open, empty or -', text);
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return USUAL_LIMIT_MS;
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= LONGEST_S) return seconds * 1000;
  return wrong('--limit is a number of seconds, to 600', text);
}

function pidOf(text: string): number {
  const pid = wholeNumber(text);
  return pid >= 1 && pid <= MAX_PID ? pid : wrong('--pid is the number of a process', text);
}

/** NaN where it is none. */
const wholeNumber = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN);
