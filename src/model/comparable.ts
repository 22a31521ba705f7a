import { printable } from '../format.js';
import { systemById } from '../system/systems.js';
import type { Cost } from './cost.js';
import type { Program } from './program.js';

/** Why there is no sense in comparing two programs, for people; undefined where there is. */
export function otherMachine(before: Program, after: Program): string | undefined {
  const [a, b] = [machineOf(before), machineOf(after)];
  return a === b ? undefined : notCompared(before, a, after, b);
}

/** The same of their costs: those on different systems differ for reasons that are not in the programs. */
export function otherSystem(
  before: { readonly program: Program; readonly cost: Cost },
  after: { readonly program: Program; readonly cost: Cost },
): string | undefined {
  const [a, b] = [before.cost.system, after.cost.system];
  return a === b ? undefined : notCompared(before.program, named(a), after.program, named(b));
}

const machineOf = ({ binary }: Program): string => `${binary.machine} (${binary.class}-bit)`;

const named = (id: string): string => systemById(id)?.name ?? id;

const notCompared = (before: Program, a: string, after: Program, b: string): string =>
  `${printable(before.path)} is for ${a} and ${printable(after.path)} for ${b}: their costs cannot be compared.`;
