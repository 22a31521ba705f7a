import type { Disposable, Uri } from 'vscode';
import type { LastBuilds } from '../builds/last-builds.js';
import { type BinaryCost, type BinaryFacts, createFactFinding } from './binary-facts.js';
import { followProgram } from './follow-program.js';

/**
 * A binary that is read when something of it is asked for, and then followed. While its file is half
 * written, or gone for a build, it is what it was before, and nothing if it was nothing yet.
 */
export interface LazyBinary extends Disposable {
  readonly uri: Uri;
  /** Undefined where it could not be read yet, or only a part of it, and once it is disposed of. */
  cost(): Promise<BinaryCost | undefined>;
  /** The same with its symbols, which take longer. */
  facts(): Promise<BinaryFacts | undefined>;
  /** Whether its file cannot be read now, or only a part of it, so that all of this is of the build before. */
  isStale(): boolean;
}

/** @param changed called after each reading but the first */
export function lazyBinary(uri: Uri, lastBuilds: LastBuilds, changed: () => void): LazyBinary {
  const finding = createFactFinding(uri, lastBuilds);
  let following: Disposable | undefined;
  let first: Promise<void> | undefined;
  /** Whoever waits for the first reading need not wait any longer. */
  let release = () => {};
  let disposed = false;

  const follow = () =>
    new Promise<void>((resolve) => {
      release = resolve;
      let isFirst = true;
      following = followProgram(uri, (reading) => {
        finding.take(reading);
        if (isFirst) resolve();
        else changed();
        isFirst = false;
      });
    });
  async function afterReading<T>(ask: () => T | Promise<T>): Promise<T | undefined> {
    if (disposed) return undefined;
    first ??= follow();
    await first;
    return ask();
  }
  return {
    uri,
    cost: () => afterReading(finding.cost),
    facts: () => afterReading(finding.facts),
    isStale: finding.isStale,
    dispose() {
      disposed = true;
      following?.dispose();
      release();
    },
  };
}
