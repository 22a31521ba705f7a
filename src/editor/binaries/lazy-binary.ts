import type { Disposable, Uri } from 'vscode';
import type { SymbolIndex } from '../../binary/elf-symbol-index.js';
import type { Cost } from '../../model/cost.js';
import { estimate } from '../../model/estimate.js';
import type { Program } from '../../model/program.js';
import { START_UP } from '../../model/workload.js';
import type { LastBuilds } from '../builds/last-builds.js';
import { settingsFor } from '../settings.js';
import { followProgram } from './follow-program.js';
import { isWhole, type Reading, readSymbols, type Symbols } from './reading.js';

/** A program and its cost, by the settings and at start-up. */
export interface BinaryCost {
  readonly program: Program;
  readonly cost: Cost | undefined;
}

/** What is known of a binary. */
export interface BinaryFacts extends BinaryCost {
  /** Undefined where it has no symbols. */
  readonly index: SymbolIndex | undefined;
  /** Where they are from, if not from the whole table in its file; or why there are none. */
  readonly symbolsNote: string | undefined;
}

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
  let following: Disposable | undefined;
  let disposed = false;
  /** Whoever waits for the first reading need not wait any longer. */
  let release = () => {};
  let first: Promise<void> | undefined;
  let whole: Reading | undefined;
  let stale = false;
  let known: (BinaryCost & { readonly aslr: boolean }) | undefined;
  let symbols: Promise<Symbols> | undefined;

  const take = (reading: Reading) => {
    stale = !isWhole(reading);
    if (stale) return;
    whole = reading;
    known = undefined;
    symbols = undefined;
    // Now, and not when it is asked for: no build is to be missed.
    costNow();
  };
  const costNow = (): BinaryCost | undefined => {
    const program = whole?.program;
    const { aslr } = settingsFor(uri);
    if (!program || known?.aslr === aslr) return known;
    const { cost } = estimate(program, { system: undefined, workload: START_UP, aslr });
    if (cost) lastBuilds.note(uri, cost, whole);
    known = { program, cost, aslr };
    return known;
  };
  const follow = () =>
    new Promise<void>((resolve) => {
      release = resolve;
      let isFirst = true;
      following = followProgram(uri, (reading) => {
        take(reading);
        if (isFirst) resolve();
        else changed();
        isFirst = false;
      });
    });
  const cost = async () => {
    if (disposed) return undefined;
    first ??= follow();
    await first;
    return costNow();
  };
  return {
    uri,
    cost,
    async facts() {
      const now = await cost();
      if (!now) return undefined;
      symbols ??= readSymbols(uri, now.program.binary);
      const { index, note } = await symbols;
      return { ...now, index, symbolsNote: note };
    },
    isStale: () => stale,
    dispose() {
      disposed = true;
      following?.dispose();
      release();
    },
  };
}
