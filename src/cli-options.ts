import { parseArgs } from 'node:util';
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
      --system ID     the system to estimate for: ${SYSTEMS.map(({ id }) => id).join(', ')}
                      (default: the one the binary is made for)
      --no-aslr       addresses are not randomised
      --heap SIZES    what the program asks malloc for, in bytes: 360,80,180,16,440
                      or none (default: what a small program's start-up does)
      --heap-written  the program writes all it asked for
      --json          a JSON document: a report, or a list of reports of several files
      --stats         how many bytes of each file were read, to the standard error
      --help          this text
      --version       the version

Ends with 0 if each file could be estimated, 1 if one could not, 2 for wrong usage.
`;

/** A request may be as large as an address space, and there may be as many as a list can be long. */
const MAX_REQUEST = 2 ** 47;

const OPTIONS = {
  processes: { type: 'string' },
  system: { type: 'string' },
  'no-aslr': { type: 'boolean' },
  heap: { type: 'string' },
  'heap-written': { type: 'boolean' },
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
  const n = wholeNumber(text);
  if (n === undefined || n < 1 || n > MAX_PROCESSES) {
    throw new Wrong(`--processes is a whole number from 1 to ${MAX_PROCESSES}, not '${text}'.`);
  }
  return n;
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
  if (text === 'none') return [];
  return text.split(',').map((part) => {
    const size = wholeNumber(part);
    if (size === undefined || size > MAX_REQUEST) {
      throw new Wrong(`--heap is a list of bytes as in 360,80,180,16,440, or none; not '${text}'.`);
    }
    return size;
  });
}

const wholeNumber = (text: string) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);
