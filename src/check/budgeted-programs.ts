import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import type { Budget, Budgets, Glob } from '../budget/budget.js';
import { matchesGlob } from '../budget/glob.js';
import type { Problem } from '../budget/json-text.js';
import { integer } from '../format.js';
import type { Cost } from '../model/cost.js';
import { findFiles, MAX_NAMES } from './find-files.js';
import { type Candidate, mayBeProgram, programCost } from './program-cost.js';

/** Where programs are, and how their libraries are found. */
export interface Where {
  /** Absolute path of the folder of the budgets. */
  readonly folder: string;
  /** Absolute path, for a program at a path; undefined for this machine's own files. */
  sysrootOf(path: string): string | undefined;
}

/** A program that a budget names. */
export interface BudgetedProgram {
  /** From the folder of the budgets. */
  readonly file: string;
  readonly budget: Budget;
  readonly cost: Cost;
}

/** Programs, and what kept others from being among them. */
export interface BudgetedPrograms {
  readonly programs: readonly BudgetedProgram[];
  readonly problems: readonly Problem[];
}

/**
 * What the programs that budgets name cost, each at its start-up and on the system it is made for.
 * Nothing is executed. Other code runs between two programs.
 *
 * @param only relative paths of the files to look at; undefined for all programs that the patterns match
 */
export async function budgetedPrograms(
  { source, budgets }: Budgets,
  where: Where,
  only: readonly string[] | undefined,
): Promise<BudgetedPrograms> {
  const problems: Problem[] = [];
  const programs: BudgetedProgram[] = [];
  const read = costReader(where, problems);
  for (const budget of budgets) {
    const files = new Set<string>();
    for (const glob of budget.files) {
      const found = only
        ? only.filter((file) => matchesGlob(glob.pattern, file))
        : await programsOf(glob, source, where, problems);
      for (const file of found) files.add(file);
    }
    for (const file of files) {
      await setImmediate();
      const cost = read(file, budget.aslr);
      if (cost) programs.push({ file, budget, cost });
    }
  }
  const isNamed = (file: string) =>
    budgets.some(({ files }) => files.some(({ pattern }) => matchesGlob(pattern, file)));
  for (const file of (only ?? []).filter((one) => !isNamed(one))) {
    problems.push(problemOf(file, l10n.t('No budget of {0} names it.', source)));
  }
  return { programs, problems };
}

/** The programs that a pattern matches; none, or too many to look at, are a problem. */
async function programsOf(
  { pattern, field, place }: Glob,
  source: string,
  where: Where,
  problems: Problem[],
): Promise<readonly string[]> {
  const wrong = (message: string) => problems.push({ file: source, field, place, message });
  const { files, limited } = await findFiles(where.folder, pattern);
  const programs: string[] = [];
  for (const file of files) {
    await setImmediate();
    if (mayBeProgram(candidate(file, where))) programs.push(file);
  }
  if (limited) {
    wrong(
      l10n.t(
        'There are more than {0} names where this may match: not all were looked at. A folder at its beginning narrows it down.',
        integer(MAX_NAMES),
      ),
    );
  } else if (programs.length === 0) {
    wrong(
      l10n.t(
        'No program matches {0}. In a pattern * stands for a part of a name, ? for a character, ** for folders.',
        pattern,
      ),
    );
  }
  return programs;
}

const candidate = (file: string, { folder, sysrootOf }: Where): Candidate => {
  const path = join(folder, file);
  // By its name from here, it is the same program wherever the folder lies.
  return { path, name: file, sysroot: sysrootOf(path) };
};

/** Reads each program once for all budgets with the same conditions; what has no cost is a problem, once. */
function costReader(where: Where, problems: Problem[]) {
  const costs = new Map<string, Cost | undefined>();
  const failed = new Set<string>();
  return (file: string, aslr: boolean): Cost | undefined => {
    const key = `${aslr} ${file}`;
    if (costs.has(key)) return costs.get(key);
    const cost = programCost(candidate(file, where), aslr);
    const known = typeof cost === 'string' ? undefined : cost;
    if (typeof cost === 'string' && !failed.has(file)) problems.push(problemOf(file, cost));
    if (!known) failed.add(file);
    costs.set(key, known);
    return known;
  };
}

const problemOf = (file: string, message: string): Problem => ({
  file,
  field: undefined,
  place: undefined,
  message,
});
