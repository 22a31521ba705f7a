import { parseArgs } from 'node:util';
import { integer } from './format.js';
import { parseBytes, parsePercent, parseProcesses, parseRequests } from './model/parse-workload.js';
import { DEFAULT_PROCESSES, MAX_PROCESSES } from './model/total.js';
import { START_UP, type Workload } from './model/workload.js';
import type { System } from './system/system.js';
import { SYSTEMS, systemById } from './system/systems.js';

/** What a command line asks for. */
export type Command =
  | { readonly kind: 'help' | 'version' }
  | ({ readonly kind: 'estimate' } & Options);

export interface Options {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly stats: boolean;
  readonly processes: number;
  /** Undefined for the one each program is made for. */
  readonly system: System | undefined;
  readonly aslr: boolean;
  readonly workload: Workload;
}

export const HELP = `Usage: pagecost [option]... FILE...

What one more process of a compiled binary costs in memory, page by page, and what many of
them cost. Reads headers, relocations and the libraries it would load; runs nothing.

      --processes N   how many processes, 1 to 1,000,000 (default 10,000)
      --system ID     for which system (default: the one it is made for):
                      ${SYSTEMS.map(({ id }) => id).join(', ')}
      --no-aslr       addresses are not randomised
      --heap SIZES    what the program asks malloc for, in bytes: 360,80,180,16,440
                      or none (default: what a small program's start-up does)
      --heap-written  the program writes all it asked for
      --stack BYTES   stack the program uses beyond what its start-up does (default 0)
      --bss PERCENT   how much of the bss is in use, 0 to 100 (default: two pages)
      --json          a JSON document: a report, or a list of reports of several files
      --stats         how many bytes of each file were read, to the standard error
      --help          this text
      --version       the version

Ends with 0 if each file could be estimated, 1 if one could not, 2 for wrong usage.
`;

const OPTIONS = {
  processes: { type: 'string' },
  system: { type: 'string' },
  'no-aslr': { type: 'boolean' },
  heap: { type: 'string' },
  'heap-written': { type: 'boolean' },
  stack: { type: 'string' },
  bss: { type: 'string' },
  json: { type: 'boolean' },
  stats: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** Reads a command line; a string says, for people, what is wrong with it. */
export function parseCommand(args: readonly string[]): Command | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    });
    if (values.help) return { kind: 'help' };
    if (values.version) return { kind: 'version' };
    if (positionals.length === 0) throw new Wrong('No file was named.');
    return {
      kind: 'estimate',
      files: positionals,
      json: values.json ?? false,
      stats: values.stats ?? false,
      processes: processesOf(values.processes),
      system: systemOf(values.system),
      aslr: !values['no-aslr'],
      workload: {
        ...START_UP,
        heap: requestsOf(values.heap),
        heapWritten: values['heap-written'] ?? false,
        stackBytes: stackOf(values.stack),
        bssTouched: bssOf(values.bss),
      },
    };
  } catch (error) {
    if (error instanceof Error) return firstSentence(error.message);
    throw error;
  }
}

class Wrong extends Error {}

/** parseArgs goes on with advice about the order of arguments. */
const firstSentence = (text: string) => /^.*?(?:\.(?=\s)|$)/m.exec(text)?.[0] ?? text;

function processesOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PROCESSES;
  const most = integer(MAX_PROCESSES);
  return parseProcesses(text) ?? wrong(`--processes is a whole number from 1 to ${most}`, text);
}

function systemOf(id: string | undefined): System | undefined {
  const system = id === undefined ? undefined : systemById(id);
  if (id !== undefined && !system) {
    const known = SYSTEMS.map((s) => s.id).join(', ');
    throw new Wrong(`There is no system '${id}'; there are ${known}.`);
  }
  return system;
}

function requestsOf(text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const parsed = parseRequests(text);
  if (!parsed.ok) throw new Wrong(`--heap: ${parsed.message}`);
  return (
    parsed.requests ?? wrong('--heap is a list of bytes as in 360,80,180,16,440, or none', text)
  );
}

function stackOf(text: string | undefined): number {
  if (text === undefined) return START_UP.stackBytes;
  return parseBytes(text) ?? wrong('--stack is a number of whole bytes, to 1 TiB', text);
}

function bssOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return parsePercent(text) ?? wrong('--bss is a number of percent from 0 to 100', text);
}

function wrong(what: string, text: string): never {
  throw new Wrong(`${what}, not '${text}'.`);
}
