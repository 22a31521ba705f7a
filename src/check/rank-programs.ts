import { createFileCache, type Looks, looksOf } from '../program/file-cache.js';
import type { RankedCost } from '../report/rank-report.js';
import type { Steps } from '../steps.js';
import { answerOf, type RankAnswer, type RankCandidate, rankedProgram } from './rank-file.js';

/** A program and what one more process of it costs. */
export interface RankedProgram<T> {
  readonly candidate: T;
  readonly cost: RankedCost;
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
  /** In the order of the candidates. */
  readonly failed: readonly UnrankedProgram<T>[];
}

/** How the one who asked follows a ranking. */
export interface Watching {
  /** Told now and then how many files were looked at. */
  progress?(done: number): void;
  /** Told, in the end, of what was looked at for them besides. */
  looked?(looks: Looks): void;
  /** Ends it, with what it has. */
  readonly signal?: AbortSignal;
}

/**
 * What the programs among some files cost, each at its start-up on the system
 * it is made for. What is not to be started (`mayBeProgram`) is passed over. Nothing is executed. A file is
 * read in one step, and estimated in another.
 */
export function* rankPrograms<T extends RankCandidate>(
  candidates: Iterable<T>,
  { progress, looked, signal }: Watching = {},
): Steps<Ranking<T>> {
  const answered: Answered<T>[] = [];
  const cache = createFileCache();
  let done = 0;
  for (const candidate of candidates) {
    if (signal?.aborted) break;
    progress?.(done++);
    const program = rankedProgram(candidate, cache);
    yield;
    const answer = typeof program === 'object' ? answerOf(program, candidate) : program;
    answered.push({ candidate, answer });
    yield;
  }
  looked?.(looksOf(cache));
  return rankingOf(answered);
}

/** A candidate that was looked at. */
export interface Answered<T> {
  readonly candidate: T;
  readonly answer: RankAnswer;
}

/** @param answered in the order of the candidates */
export function rankingOf<T extends RankCandidate>(answered: Iterable<Answered<T>>): Ranking<T> {
  const programs: RankedProgram<T>[] = [];
  const failed: UnrankedProgram<T>[] = [];
  for (const { candidate, answer } of answered) {
    if (typeof answer === 'string') failed.push({ candidate, reason: answer });
    else if (answer) programs.push({ candidate, cost: answer });
  }
  return { programs: programs.sort(dearerFirst), failed };
}

const dearerFirst = <T extends RankCandidate>(a: RankedProgram<T>, b: RankedProgram<T>): number =>
  b.cost.perProcess.bytes - a.cost.perProcess.bytes ||
  (a.candidate.name < b.candidate.name ? -1 : 1);
