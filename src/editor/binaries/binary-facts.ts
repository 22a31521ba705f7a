import type { Uri } from 'vscode';
import type { SymbolIndex } from '../../binary/elf-symbol-index.js';
import type { Cost } from '../../model/cost.js';
import { estimate } from '../../model/estimate.js';
import type { Program } from '../../model/program.js';
import { START_UP } from '../../model/workload.js';
import { type Circumstances, circumstancesOf } from '../builds/circumstances.js';
import type { LastBuilds } from '../builds/last-builds.js';
import { settingsFor } from '../settings.js';
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

/** What is known of a binary by the last time that all of it was read; nothing before that. */
export interface FactFinding {
  take(reading: Reading): void;
  cost(): BinaryCost | undefined;
  /** The same with its symbols, which take longer. */
  facts(): Promise<BinaryFacts | undefined>;
  /** Whether its file could not be read since, or only a part of it. */
  isStale(): boolean;
}

export function createFactFinding(uri: Uri, lastBuilds: LastBuilds): FactFinding {
  let whole: { readonly reading: Reading; readonly circumstances: Circumstances } | undefined;
  let stale = false;
  let known: (BinaryCost & { readonly aslr: boolean }) | undefined;
  let symbols: Promise<Symbols> | undefined;

  const cost = (): BinaryCost | undefined => {
    const program = whole?.reading.program;
    const { aslr } = settingsFor(uri);
    if (!whole || !program || known?.aslr === aslr) return known;
    const { cost } = estimate(program, { system: undefined, workload: START_UP, aslr });
    const circumstances = { ...whole.circumstances, aslr };
    if (cost) lastBuilds.note(uri, { ...cost, circumstances }, whole.reading);
    known = { program, cost, aslr };
    return known;
  };
  return {
    take(reading) {
      stale = !isWhole(reading);
      if (stale) return;
      // What was read under other circumstances has not come here.
      whole = { reading, circumstances: circumstancesOf(uri) };
      known = undefined;
      symbols = undefined;
      // Now, and not when it is asked for: no build is to be missed.
      cost();
    },
    cost,
    async facts() {
      const now = cost();
      if (!now) return undefined;
      symbols ??= readSymbols(uri, now.program.binary);
      const { index, note } = await symbols;
      return { ...now, index, symbolsNote: note };
    },
    isStale: () => stale,
  };
}
