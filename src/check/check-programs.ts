import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Before, parseBaseline } from '../budget/baseline.js';
import type { Budget, Budgets, Limit, Written } from '../budget/budget.js';
import { beforeIn, judge } from '../budget/judge.js';
import type { Parsed } from '../budget/parse-budgets.js';
import type { Checked, CheckedFile } from '../report/check-report.js';
import type { BudgetedPrograms, Where } from './budgeted-programs.js';
import { readText } from './read-text.js';

/** Sets programs beside their budgets; the baseline is read if one of them limits growth. */
export function checkPrograms(
  { programs, problems }: BudgetedPrograms,
  budgets: Budgets,
  { folder }: Where,
): Checked {
  const all = [...problems];
  const wrong = ({ field, place }: Written, message: string) =>
    all.push({ file: budgets.source, field, place, message });
  const growth = budgets.budgets.map(growthOf).find((limit) => limit !== undefined);
  const baseline = growth && readBaseline(folder, budgets.baseline);
  if (growth && baseline?.problem) wrong(growth, baseline.problem);
  all.push(...(baseline?.problems ?? []));
  const files = programs.map(({ file, budget, cost }): CheckedFile => {
    const { aslr } = budget;
    const limit = growthOf(budget);
    const before = baseline?.value && limit && beforeIn(baseline.value, file, cost, aslr);
    const known = typeof before === 'string' ? undefined : before;
    if (limit && typeof before === 'string') wrong(limit, before);
    return { file, aslr, cost, limits: judge(budget, cost, known) };
  });
  return { files, problems: all };
}

const growthOf = ({ limits }: Budget): Limit | undefined =>
  limits.find(({ kind }) => kind === 'growthBytes');

interface ReadBaseline extends Parsed<readonly Before[]> {
  /** Why there is no file to read. */
  readonly problem?: string;
}

function readBaseline(folder: string, path: string): ReadBaseline {
  const text = readText(join(folder, path));
  if ('value' in text) return parseBaseline(text.value, path);
  const problem = l10n.t(
    'This needs a baseline, {0}. {1} pagecost check --save-baseline writes one.',
    path,
    text.problem,
  );
  return { value: undefined, problems: [], problem };
}
