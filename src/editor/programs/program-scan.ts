import { lstatSync } from 'node:fs';
import type { CancellationToken, Uri } from 'vscode';
import type { RankCandidate } from '../../check/rank-file.js';
import { rankInThread } from '../../check/rank-in-thread.js';
import { type Ranking, rankPrograms, type Watching } from '../../check/rank-programs.js';
import type { Cost } from '../../model/cost.js';
import { totalBytes } from '../../model/total.js';
import { fileIdentity } from '../../program/file-identity.js';
import type { RankedCost } from '../../report/rank-report.js';
import { inSlices, type Steps } from '../../steps.js';
import { type Found, type FoundBinary, findBinaries } from '../binaries/find-binaries.js';
import { type Circumstances, circumstancesOf } from '../builds/circumstances.js';
import { messageOf } from '../errors.js';
import { extensionFile } from '../extension-file.js';
import { displayLanguage } from '../language.js';
import { settingsFor } from '../settings.js';
import { sysrootFor } from '../sysroot-setting.js';

/** What one program of the workspace costs at its start-up. */
export interface ScannedProgram {
  readonly uri: Uri;
  readonly perProcess: Cost['perProcess'];
  readonly sharedOnceBytes: number;
  /** 1 to 1,000,000, as the settings say. */
  readonly processes: number;
  readonly totalBytes: number;
  /** Whether a part of it is not known, so that every sum is a lower bound. */
  readonly incomplete: boolean;
  /** Under which it was read. */
  readonly circumstances: Circumstances;
}

/** A binary of the workspace that may be a program, and why its cost is not known. */
export interface FailedProgram {
  readonly uri: Uri;
  readonly reason: string;
}

export interface Scan extends Omit<Found, 'binaries'> {
  /** The dearest first. */
  readonly programs: readonly ScannedProgram[];
  readonly failed: readonly FailedProgram[];
  /** Why there was no thread of its own, so that other work had to wait now and then; undefined with one. */
  readonly unthreaded: string | undefined;
}

/** Told now and then how many of the binaries were read. */
type Progress = (done: number, all: number) => void;

/**
 * What the programs of the workspace's folders on this machine cost, by the settings of each. One that is
 * cancelled ends early, with what it has.
 */
export async function scanPrograms(token: CancellationToken, progress?: Progress): Promise<Scan> {
  const { binaries, ...found } = await findBinaries(token);
  const cancelled = new AbortController();
  const listening = token.onCancellationRequested(() => cancelled.abort());
  if (token.isCancellationRequested) cancelled.abort();
  const { ranking, unthreaded } = await rank(binaries, {
    signal: cancelled.signal,
    progress: (done) => progress?.(done, binaries.length),
  }).finally(() => listening.dispose());
  const ranked = [...ranking.programs, ...ranking.failed].map(({ candidate }) => candidate);
  const listed = await inSlices(oneNameOfEach(ranked));
  return {
    ...found,
    programs: ranking.programs
      .filter(({ candidate }) => listed.has(candidate))
      .map(({ candidate, cost }) => scanned(candidate, cost)),
    failed: ranking.failed
      .filter(({ candidate }) => listed.has(candidate))
      .map(({ candidate: { uri }, reason }) => ({ uri, reason })),
    unthreaded,
  };
}

/** In a thread of its own, so that nothing waits for it; where there can be none, in slices. */
async function rank(
  binaries: readonly FoundBinary[],
  watching: Watching,
): Promise<{ ranking: Ranking<ScanCandidate>; unthreaded: string | undefined }> {
  try {
    const thread = {
      script: extensionFile('dist', 'rank-worker.js').fsPath,
      language: displayLanguage(),
    };
    const ranking = await rankInThread(candidatesOf(binaries), thread, watching);
    return { ranking, unthreaded: undefined };
  } catch (error) {
    const ranking = await inSlices(rankPrograms(candidatesOf(binaries), watching));
    return { ranking, unthreaded: messageOf(error) };
  }
}

interface ScanCandidate extends RankCandidate {
  readonly uri: Uri;
  readonly processes: number;
  readonly circumstances: Circumstances;
}

/** One after the other, since asking for settings takes its time, too. */
function* candidatesOf(binaries: readonly FoundBinary[]): Iterable<ScanCandidate> {
  for (const { uri } of binaries) {
    // By its whole path, as the panel has it, so that both agree.
    const { fsPath } = uri;
    const circumstances = circumstancesOf(uri);
    const sysroot = sysrootFor(uri);
    yield { uri, path: fsPath, name: fsPath, sysroot, circumstances, ...settingsFor(uri) };
  }
}

/**
 * Each file once, as in `pagecost rank`, and by a link only where it has no other name. In steps, for each is
 * looked at.
 */
function* oneNameOfEach(candidates: readonly ScanCandidate[]): Steps<ReadonlySet<ScanCandidate>> {
  const names = new Map<string, ScanCandidate>();
  for (const candidate of candidates) {
    const identity = fileIdentity(candidate.path) ?? candidate.path;
    const known = names.get(identity);
    if (!known || (isLink(known.path) && !isLink(candidate.path))) names.set(identity, candidate);
    yield;
  }
  return new Set(names.values());
}

const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

function scanned(
  { uri, processes, circumstances }: ScanCandidate,
  cost: RankedCost,
): ScannedProgram {
  const { perProcess, sharedOnceBytes, incomplete } = cost;
  return {
    uri,
    perProcess,
    sharedOnceBytes,
    processes,
    totalBytes: totalBytes(cost, processes),
    incomplete,
    circumstances,
  };
}
