import type { Disposable, Uri } from 'vscode';
import type { SymbolIndex } from '../binary/elf-symbol-index.js';
import type { Cost } from '../model/cost.js';
import { estimate } from '../model/estimate.js';
import type { Program } from '../model/program.js';
import { START_UP } from '../model/workload.js';
import { followProgram } from './follow.js';
import { type Reading, readSymbols } from './reading.js';
import { settingsFor } from './settings.js';

/** What is known of a binary, by the settings and at start-up. */
export interface BinaryFacts {
  readonly program: Program;
  readonly cost: Cost | undefined;
  /** Undefined where it has no symbols. */
  readonly index: SymbolIndex | undefined;
}

/** A binary that is read when something of it is asked for, and then followed. */
export interface LazyBinary extends Disposable {
  readonly uri: Uri;
  /** Undefined while it cannot be read. */
  facts(): Promise<BinaryFacts | undefined>;
}

export function lazyBinary(uri: Uri): LazyBinary {
  let following: Disposable | undefined;
  let first: Promise<void> | undefined;
  let reading: Reading | undefined;
  let facts: { readonly aslr: boolean; readonly made: Promise<BinaryFacts> } | undefined;
  const follow = () =>
    new Promise<void>((resolve) => {
      following = followProgram(uri, (latest) => {
        reading = latest;
        facts = undefined;
        resolve();
      });
    });
  return {
    uri,
    async facts() {
      first ??= follow();
      await first;
      if (!reading?.program) return undefined;
      const { aslr } = settingsFor(uri);
      if (facts?.aslr !== aslr) facts = { aslr, made: factsOf(uri, reading.program, aslr) };
      return facts.made;
    },
    dispose: () => following?.dispose(),
  };
}

async function factsOf(uri: Uri, program: Program, aslr: boolean): Promise<BinaryFacts> {
  const { cost } = estimate(program, { system: undefined, workload: START_UP, aslr });
  return { program, cost, index: await readSymbols(uri, program.binary) };
}
