import { readFileSync } from 'node:fs';
import { readElf } from '../../src/binary/elf.js';
import { memorySource } from '../../src/binary/source.js';
import type { Cost } from '../../src/model/cost.js';
import { type Conditions, estimate } from '../../src/model/estimate.js';
import type { Program } from '../../src/model/program.js';
import { START_UP, type Workload } from '../../src/model/workload.js';

/** A static program of the sample workspace; tests run in the repository's folder. */
export function sampleProgram(name: string): Program {
  const { binary } = readElf(memorySource(readFileSync(`sample/${name}`)));
  if (!binary) throw new Error(`sample/${name} cannot be read`);
  return { path: `sample/${name}`, binary, interpreter: undefined, libraries: [], missing: [] };
}

/** Conditions that differ from start-up only, addresses randomised, in what is given. */
export const conditions = (
  workload: Partial<Workload> = {},
  others: Partial<Conditions> = {},
): Conditions => ({
  system: undefined,
  aslr: true,
  workload: { ...START_UP, ...workload },
  ...others,
});

/** The cost of a program of which there must be one. */
export function costOf(program: Program, under: Conditions = conditions()): Cost {
  const { cost, diagnostics } = estimate(program, under);
  if (!cost) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  return cost;
}
