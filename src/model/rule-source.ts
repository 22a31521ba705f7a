import * as l10n from '@vscode/l10n';
import { C_LIBRARIES, isMeasuredOn } from '../system/c-library.js';
import { systemById } from '../system/systems.js';
import type { Cost } from './cost.js';
import { RULES, type RuleId } from './rules.js';

type EstimatedFor = Pick<Cost, 'system' | 'cLibrary'>;

/** Where a rule comes from and, in a cost, the constants that it takes. */
export function ruleSource(rule: RuleId, cost: EstimatedFor): string {
  const constants = constantsOf(rule)?.(cost);
  const source = l10n.t(RULES[rule].source);
  return constants === undefined ? source : `${source}. ${l10n.t(constants)}`;
}

/** Whose constants a rule takes, besides those that its own source tells of. */
function constantsOf(rule: RuleId): ((cost: EstimatedFor) => string | undefined) | undefined {
  switch (rule) {
    case 'tables':
    case 'table-entries':
      return ofPageTables;
    case 'static-libc':
    case 'library-bss':
    case 'stack':
      return ofCLibrary;
    default:
      return undefined;
  }
}

const ofPageTables = ({ system }: EstimatedFor) => systemById(system)?.geometry.source;

/** Nothing of one that is not known on the machine: none of its counts is taken there. */
function ofCLibrary({ system, cLibrary }: EstimatedFor): string | undefined {
  const library = C_LIBRARIES[cLibrary];
  const machine = systemById(system)?.machine;
  return machine && isMeasuredOn(library, machine) ? library.source : undefined;
}
