import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Named, whatIfsNamed } from '../model/parse-ids.js';
import { parseBytes, parsePercent, parseRequests } from '../model/parse-workload.js';
import { START_UP, type Workload } from '../model/workload.js';

/** What one word of the command line, or the lack of it, stands for. */
export interface Command {
  readonly help: string;
  /**
   * Does what it is asked to; the exit code is set where that is not 0.
   *
   * @throws {WrongUsage} before anything is done
   */
  run(args: readonly string[]): void | Promise<void>;
}

/** The message says, for people, what is wrong with the command line. */
export class WrongUsage extends Error {}

export function wrong(what: string, text: string): never {
  throw new WrongUsage(`${what}, not '${text}'.`);
}

/** @throws {WrongUsage} where there is no such thing */
export function known<T>(named: Named<T>): T {
  if (!named.ok) throw new WrongUsage(named.message);
  return named.value;
}

/** What a program does besides starting, for every command that estimates. */
export const WORKLOAD_OPTIONS = {
  heap: { type: 'string' },
  'heap-written': { type: 'boolean' },
  stack: { type: 'string' },
  bss: { type: 'string' },
} as const;

export const WORKLOAD_HELP = `\
      --heap SIZES    what the program asks malloc for, in bytes: 360,80,180,16,440
                      or none (default: what a small program's start-up does)
      --heap-written  the program writes all it asked for
      --stack BYTES   stack the program uses beyond what its start-up does (default 0)
      --bss PERCENT   how much of the bss is in use, 0 to 100 (default: two pages)`;

export interface WorkloadValues {
  readonly heap?: string | undefined;
  readonly 'heap-written'?: boolean | undefined;
  readonly stack?: string | undefined;
  readonly bss?: string | undefined;
}

/** @throws {WrongUsage} */
export const workloadOf = (values: WorkloadValues): Workload => ({
  ...START_UP,
  heap: requestsOf(values.heap),
  heapWritten: values['heap-written'] ?? false,
  stackBytes: stackOf(values.stack),
  bssTouched: bssOf(values.bss),
});

/** Another layout, for every command that estimates. */
export const WHAT_IF_OPTION = { 'what-if': { type: 'string', multiple: true } } as const;

export const WHAT_IF_HELP = `\
      --what-if IDS   what it would cost with these what-ifs, as in ID,ID; all there are
                      and what each saves are listed by pagecost what-if FILE`;

/**
 * Ids of what-ifs, each once.
 *
 * @throws {WrongUsage}
 */
export const whatIfsOf = (values: {
  readonly 'what-if'?: string[] | undefined;
}): readonly string[] =>
  known(whatIfsNamed((values['what-if'] ?? []).flatMap((list) => list.split(','))));

/**
 * Options by name, and the other words in order. What follows `--` is no option.
 *
 * @param hint a sentence to people who gave an option that there is not
 * @throws {WrongUsage}
 */
export function readArguments<const T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
  hint = '',
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const unknown = (error as NodeJS.ErrnoException).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION';
    throw new WrongUsage(firstSentence(error.message) + (unknown && hint ? ` ${hint}` : ''));
  }
}

/** parseArgs goes on with advice about the order of arguments. */
const firstSentence = (text: string) => /^.*?(?:\.(?=\s)|$)/m.exec(text)?.[0] ?? text;

function requestsOf(text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const parsed = parseRequests(text);
  if (!parsed.ok) throw new WrongUsage(`--heap: ${parsed.message}`);
  return (
    parsed.requests ?? wrong('--heap is a list of bytes as in 360,80,180,16,440, or none', text)
  );
}

function stackOf(text: string | undefined): number {
  if (text === undefined) return START_UP.stackBytes;
  return parseBytes(text) ?? wrong('--stack is a size like 65536 or 64KiB, up to 1 TiB', text);
}

function bssOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return parsePercent(text) ?? wrong('--bss is a number of percent from 0 to 100', text);
}
