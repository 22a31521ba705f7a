import { setImmediate } from 'node:timers/promises';
import type { Cost } from '../model/cost.js';
import { createFileCache } from '../program/file-cache.js';
import { programAt } from '../program/load-program.js';
import { type Candidate, startedBinary, startUpCost } from './program-cost.js';

/** A program and what one more process of it costs. */
export interface RankedProgram<T> {
  readonly candidate: T;
  readonly cost: Cost;
}

/** A program, or what may be one, whose cost is not known. */
export interface UnrankedProgram<T> {
  readonly candidate: T;
  /** Why, for people. */
  readonly reason: string;
}

export interface Ranking<T> {
  /** The dearest first; those that cost the same in the order of their names. */
  readonly programs: readonly RankedProgram<T>[];
  readonly failed: readonly UnrankedProgram<T>[];
}

/** A file to rank, if it is a program. */
export interface RankCandidate extends Candidate {
  /** Whether addresses are randomised. */
  readonly aslr: boolean;
}

/** How the one who asked follows a ranking. */
export interface Watching {
  /** Told before each file: files looked at so far. */
  progress?(done: number): void;
  /** Whether to look at no further file. */
  stopped?(): boolean;
}

/**
 * What the programs among some files cost, each at its start-up on the system
 * it is made for. What is not to be started (`mayBeProgram`) is passed over. Nothing is executed. Other
 * code runs between reading and estimating, and between two files.
 */
export async function rankPrograms<T extends RankCandidate>(
  candidates: Iterable<T>,
  { progress, stopped }: Watching = {},
): Promise<Ranking<T>> {
  const programs: RankedProgram<T>[] = [];
  const failed: UnrankedProgram<T>[] = [];
  const cache = createFileCache();
  let done = 0;
  for (const candidate of candidates) {
    await setImmediate();
    if (stopped?.()) break;
    progress?.(done++);
    const { path, name, sysroot, aslr } = candidate;
    const binary = startedBinary(path);
    if (binary === undefined) continue;
    if (typeof binary === 'string') {
      failed.push({ candidate, reason: binary });
      continue;
    }
    const program = programAt(path, binary, sysroot, cache);
    await setImmediate();
    const cost = startUpCost({ ...program, path: name }, aslr);
    if (typeof cost === 'string') failed.push({ candidate, reason: cost });
    else programs.push({ candidate, cost });
  }
  return { programs: programs.sort(dearerFirst), failed };
}

const dearerFirst = <T extends Candidate>(a: RankedProgram<T>, b: RankedProgram<T>): number =>
  b.cost.perProcess.bytes - a.cost.perProcess.bytes ||
  (a.candidate.name < b.candidate.name ? -1 : 1);
