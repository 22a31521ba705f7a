import * as l10n from '@vscode/l10n';
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

const machineOf = ({ binary }: Program): string =>
  l10n.t('{0} ({1}-bit)', binary.machine, binary.class);

function named(id: string): string {
  const name = systemById(id)?.name ?? id;
  return l10n.t(name);
}

const notCompared = (before: Program, a: string, after: Program, b: string): string =>
  l10n.t(
    '{0} is for {1} and {2} for {3}: their costs cannot be compared.',
    printable(before.path),
    a,
    printable(after.path),
    b,
  );
