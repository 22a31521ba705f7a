import type { CancellationToken, Uri } from 'vscode';
import { type RankCandidate, rankPrograms } from '../check/rank-programs.js';
import type { Cost } from '../model/cost.js';
import { totalBytes } from '../model/total.js';
import { findBinaries } from './find-binaries.js';
import { settingsFor, sysrootFor } from './settings.js';

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
  /** Bytes per process before the last change of them that was seen; undefined where none was. */
  readonly before: number | undefined;
}

/** A binary of the workspace that may be a program, and why its cost is not known. */
export interface FailedProgram {
  readonly uri: Uri;
  readonly reason: string;
}

export interface Scan {
  /** The dearest first. */
  readonly programs: readonly ScannedProgram[];
  readonly failed: readonly FailedProgram[];
  /** Whether files were left out, for there are too many. */
  readonly limited: boolean;
}

/**
 * What the programs of the workspace's folders on this machine cost, by the settings of each. Does its work
 * in slices of a file; one that is cancelled ends early, with what it has.
 *
 * @param last the scan before, for the differences
 */
export async function scanPrograms(last: Scan, token: CancellationToken): Promise<Scan> {
  const { binaries, limited } = await findBinaries(token);
  const candidates = binaries.map(({ uri }): RankCandidate & { uri: Uri } => ({
    uri,
    path: uri.fsPath,
    // As the panel has it, so that both agree.
    name: uri.fsPath,
    sysroot: sysrootFor(uri),
    aslr: settingsFor(uri).aslr,
  }));
  const ranking = await rankPrograms(candidates, {
    stopped: () => token.isCancellationRequested,
  });
  const known = new Map(last.programs.map((program) => [program.uri.toString(), program]));
  return {
    programs: ranking.programs.map(({ candidate: { uri }, cost }) =>
      scanned(uri, cost, known.get(uri.toString())),
    ),
    failed: ranking.failed.map(({ candidate: { uri }, reason }) => ({ uri, reason })),
    limited,
  };
}

function scanned(uri: Uri, cost: Cost, last: ScannedProgram | undefined): ScannedProgram {
  const { perProcess, sharedOnceBytes, incomplete } = cost;
  const { processes } = settingsFor(uri);
  const same = last?.perProcess.bytes === perProcess.bytes;
  return {
    uri,
    perProcess,
    sharedOnceBytes,
    processes,
    totalBytes: totalBytes(cost, processes),
    incomplete,
    // A build writes other files as well: what it changed is to be seen after the scans that follow, too.
    before: same ? last.before : last?.perProcess.bytes,
  };
}
