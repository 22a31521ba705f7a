import type { Program } from '../model/program.js';
import { createFileCache, type FileCache } from '../program/file-cache.js';
import { programAt } from '../program/load-program.js';
import { type RankedCost, rankedCost } from '../report/rank-report.js';
import { type Candidate, startedBinary, startUpSums } from './program-cost.js';

/** A file to rank, if it is a program. */
export interface RankCandidate extends Candidate {
  /** Whether addresses are randomised. */
  readonly aslr: boolean;
}

/** What one more process costs, or why that is not known; undefined of what is not to be started. */
export type RankAnswer = RankedCost | string | undefined;

/** The program that a file is; undefined if it is none that is to be started, a string says why it cannot be read. */
export function rankedProgram(
  { path, name, sysroot }: RankCandidate,
  cache: FileCache,
): Program | string | undefined {
  const binary = startedBinary(path);
  if (binary === undefined || typeof binary === 'string') return binary;
  return { ...programAt(path, binary, sysroot, cache), path: name };
}

/** Of a program, what a ranking says of it: its whole cost is not kept. */
export function answerOf(program: Program, { aslr }: RankCandidate): RankedCost | string {
  const sums = startUpSums(program, aslr);
  return typeof sums === 'string' ? sums : rankedCost(sums);
}

/** Answers for files, in their order, some after the other, that may have libraries in common. */
export function createRanker(): (candidates: readonly RankCandidate[]) => readonly RankAnswer[] {
  const cache = createFileCache();
  return (candidates) => candidates.map((candidate) => rankFile(candidate, cache));
}

function rankFile(candidate: RankCandidate, cache: FileCache): RankAnswer {
  const program = rankedProgram(candidate, cache);
  return program === undefined || typeof program === 'string'
    ? program
    : answerOf(program, candidate);
}
