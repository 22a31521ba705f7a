import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Looks } from '../program/file-cache.js';
import { type FileKind, lookAt } from '../program/probe.js';
import { processorLevels } from '../program/processor.js';
import type { RankedCost } from '../report/rank-report.js';
import type { RankCandidate } from './rank-file.js';
import { type Answered, type Ranking, rankingOf, type Watching } from './rank-programs.js';
import { replaceFile } from './replace-file.js';

/** What a ranking found out, for the next one. */
interface Stored {
  /** What the answers come from besides files. */
  readonly maker: string;
  readonly files: readonly StoredFile[];
  /** What else was looked at, and what it was: no cost holds unless all of it is the same. */
  readonly looks: readonly (readonly [path: string, state: string])[];
}

type StoredFile = readonly [
  path: string,
  name: string,
  aslr: boolean,
  state: string,
  /** Null of what is not to be started. */
  cost: RankedCost | null,
];

const NOTHING: Stored = { maker: '', files: [], looks: [] };

/** Bytes of a cache that is read: a file takes some 200. */
const MAX_BYTES = 64 << 20;
/**
 * What was changed so shortly before a ranking, in ms, may be changed once more without its times becoming
 * others: some file systems tell two seconds apart, and no less (FAT).
 */
const UNSETTLED = 2000;

/**
 * Ranks only those of some files of which nothing is known from the last ranking that had the same cache, or
 * that may have changed since: told from inode, size and times, as make and git do, of the file and of
 * everything that was looked at for its libraries. The cache is a help only: one that cannot be read or
 * written is none.
 *
 * @param candidates of this machine's own system
 * @param cache path of the file, which is made
 * @param script path of the bundle that this is in: another one may have other answers
 * @param rank gives the ranking of what is left
 * @param began now, in ms since 1970
 */
export function rankCached<T extends RankCandidate>(
  candidates: readonly T[],
  cache: string,
  script: string,
  rank: (left: readonly T[], watching: Watching) => Ranking<T>,
  began = Date.now(),
): Ranking<T> {
  const maker = [stateOf(lookAt(script)), ...processorLevels()].join(' ');
  const stored = read(cache, maker);
  const kinds = new Map(candidates.map((candidate) => [candidate, lookAt(candidate.path)]));
  const { known, left, kept, looks } = divide(kinds, stored);
  if (left.length === 0) return rankingOf(known);

  let looked: Looks = [];
  const ranking = rank(left, {
    looked: (all) => {
      looked = all;
    },
  });
  const answered = answeredOf(left, ranking);
  const states = statesOf(looks, looked, began);
  const found = answered.map((one) => storedOf(one, kinds, began));
  const files = [...kept, ...found.filter((file) => file !== undefined)];
  write(cache, {
    maker,
    files: states ? files : files.filter(isNoProgram),
    looks: states ? [...states] : [],
  });
  return rankingOf([...known, ...answered]);
}

/** What is known of candidates, and which are left. */
function divide<T extends RankCandidate>(
  kinds: ReadonlyMap<T, FileKind | undefined>,
  { files, looks }: Stored,
) {
  const holds = looks.every(([path, state]) => stateOf(lookAt(path)) === state);
  const byPath = new Map(files.map((file) => [file[0], file]));
  const known: Answered<T>[] = [];
  const left: T[] = [];
  const kept: StoredFile[] = [];
  for (const [candidate, kind] of kinds) {
    const file = byPath.get(resolve(candidate.path));
    if (file && isOf(file, candidate, kind) && (holds || isNoProgram(file))) {
      kept.push(file);
      known.push({ candidate, answer: file[4] ?? undefined });
    } else left.push(candidate);
  }
  return { known, left, kept, looks: holds ? looks : [] };
}

const isOf = (
  [, name, aslr, state]: StoredFile,
  candidate: RankCandidate,
  kind: FileKind | undefined,
): boolean => name === candidate.name && aslr === candidate.aslr && state === stateOf(kind);

const isNoProgram = ([, , , , cost]: StoredFile): boolean => cost === null;

/** The answers that a ranking was made of. */
function answeredOf<T extends RankCandidate>(
  candidates: readonly T[],
  { programs, failed }: Ranking<T>,
): Answered<T>[] {
  const costs = new Map(programs.map(({ candidate, cost }) => [candidate, cost]));
  const reasons = new Map(failed.map(({ candidate, reason }) => [candidate, reason]));
  return candidates.map((candidate) => ({
    candidate,
    answer: costs.get(candidate) ?? reasons.get(candidate),
  }));
}

/** Undefined of what has to be looked at again: why a file cannot be read, and what has just been changed. */
function storedOf<T extends RankCandidate>(
  { candidate, answer }: Answered<T>,
  kinds: ReadonlyMap<T, FileKind | undefined>,
  began: number,
): StoredFile | undefined {
  const kind = kinds.get(candidate);
  if (typeof answer === 'string' || kind === undefined || !isSettled(kind, began)) return undefined;
  const { path, name, aslr } = candidate;
  return [resolve(path), name, aslr, stateOf(kind), answer ?? null];
}

/** What was there, by path; undefined if it has just been changed, or was while it was looked at. */
function statesOf(
  before: Stored['looks'],
  looks: Looks,
  began: number,
): ReadonlyMap<string, string> | undefined {
  const states = new Map(before);
  for (const [path, kind] of looks) {
    const place = resolve(path);
    const state = stateOf(kind);
    if (!isSettled(kind, began) || (states.get(place) ?? state) !== state) return undefined;
    states.set(place, state);
  }
  return states;
}

/** The same of a path as long as nothing there was changed. */
const stateOf = (kind: FileKind | undefined): string =>
  typeof kind === 'object' ? `${kind.identity}:${kind.version}` : (kind ?? '');

const isSettled = (kind: FileKind | undefined, began: number): boolean =>
  typeof kind !== 'object' || kind.changed < began - UNSETTLED;

function read(path: string, maker: string): Stored {
  try {
    if (statSync(path).size > MAX_BYTES) return NOTHING;
    const stored: Stored = JSON.parse(readFileSync(path, 'utf8'));
    const isFit =
      stored.maker === maker && Array.isArray(stored.files) && Array.isArray(stored.looks);
    return isFit ? stored : NOTHING;
  } catch {
    return NOTHING;
  }
}

function write(path: string, stored: Stored): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    replaceFile(path, JSON.stringify(stored));
  } catch {
    // No place for it, or another ranking is writing it: the next takes longer.
  }
}
