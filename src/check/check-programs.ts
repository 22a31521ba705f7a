import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Binary } from '../binary/binary.js';
import { type Before, parseBaseline } from '../budget/baseline.js';
import type { Budget, Budgets, Glob, Limit, Written } from '../budget/budget.js';
import { matchesGlob } from '../budget/glob.js';
import type { Problem } from '../budget/json-text.js';
import { beforeIn, judge } from '../budget/judge.js';
import type { Parsed } from '../budget/parse-budgets.js';
import { integer } from '../format.js';
import type { Cost } from '../model/cost.js';
import { estimate } from '../model/estimate.js';
import { START_UP } from '../model/workload.js';
import { loadProgram } from '../program/load-program.js';
import { readStart } from '../program/read-object.js';
import type { Checked, CheckedFile } from '../report/check-report.js';
import { findFiles, MAX_NAMES } from './find-files.js';
import { readText } from './read-text.js';

/** Where programs are, and how their libraries are found. */
export interface Place {
  /** Absolute path of the folder of the budgets. */
  readonly folder: string;
  /** Absolute path, for a program at a path; undefined for this machine's own files. */
  sysrootOf(path: string): string | undefined;
}

/** A program that a budget names. */
export interface BudgetedProgram {
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
 * @param only relative paths of the files to look at; undefined for all that the patterns match
 */
export async function budgetedPrograms(
  { source, budgets }: Budgets,
  place: Place,
  only: readonly string[] | undefined,
): Promise<BudgetedPrograms> {
  const problems: Problem[] = [];
  const programs: BudgetedProgram[] = [];
  const costs = new Map<string, Cost | undefined>();
  const costOf = (file: string, aslr: boolean) => {
    const key = `${aslr} ${file}`;
    if (!costs.has(key)) costs.set(key, readCost(file, aslr, place, only !== undefined, problems));
    return costs.get(key);
  };
  for (const budget of budgets) {
    const seen = new Set<string>();
    for (const glob of budget.files) {
      let named = 0;
      for (const file of await filesOf(glob, place.folder, only, source, problems)) {
        await setImmediate();
        const cost = costOf(file, budget.aslr);
        if (!cost) continue;
        named++;
        if (!seen.has(file)) programs.push({ file, budget, cost });
        seen.add(file);
      }
      if (named === 0 && !only) problems.push(nothingMatches(glob, source));
    }
  }
  for (const file of only ?? []) {
    const named = budgets.some(({ files }) => files.some((g) => matchesGlob(g.pattern, file)));
    if (!named) problems.push(problemOf(file, `No budget of ${source} names it.`));
  }
  return { programs, problems };
}

async function filesOf(
  glob: Glob,
  folder: string,
  only: readonly string[] | undefined,
  source: string,
  problems: Problem[],
): Promise<readonly string[]> {
  if (only) return only.filter((file) => matchesGlob(glob.pattern, file));
  const { files, limited } = await findFiles(folder, glob.pattern);
  if (limited) {
    const message = `There are more than ${integer(MAX_NAMES)} names where this may match: not all were looked at. A folder at its beginning narrows it down.`;
    problems.push({ file: source, field: glob.field, place: glob.place, message });
  }
  return files;
}

const nothingMatches = ({ pattern, field, place }: Glob, source: string): Problem => ({
  file: source,
  field,
  place,
  message: `No program matches ${pattern}. In a pattern * stands for a part of a name, ? for a character, ** for folders.`,
});

const problemOf = (file: string, message: string): Problem => ({
  file,
  field: undefined,
  place: undefined,
  message,
});

/**
 * The cost of a program; undefined of any other file, which is a problem if it was `asked` for or cannot
 * be read.
 */
function readCost(
  file: string,
  aslr: boolean,
  { folder, sysrootOf }: Place,
  asked: boolean,
  problems: Problem[],
): Cost | undefined {
  const path = join(folder, file);
  if (!asked && isOther(path)) return undefined;
  const { program, diagnostics } = loadProgram(path, sysrootOf(path));
  if (!program || (!asked && !isProgram(program.binary))) {
    if (!program) problems.push(problemOf(file, diagnostics[0]?.message ?? 'It is no program.'));
    return undefined;
  }
  // Its path is on its stack: as if started from here, it is the same wherever the folder lies.
  const started = { ...program, path: file };
  const estimated = estimate(started, { system: undefined, workload: START_UP, aslr });
  const why = estimated.diagnostics.at(-1)?.message;
  if (!estimated.cost) problems.push(problemOf(file, why ?? 'There is no estimate of it.'));
  return estimated.cost;
}

/** The first bytes of every ELF file (gABI chapter 4, e_ident). */
const ELF = [0x7f, 0x45, 0x4c, 0x46];

/** Whether a file can be read and is not ELF, as most of what lies beside programs. */
function isOther(path: string): boolean {
  const start = readStart(path, ELF.length, []);
  return start !== undefined && !ELF.every((byte, i) => start[i] === byte);
}

/** Whether a file is to be started: object files, core dumps and most shared objects are not. */
const isProgram = ({ type, interpreter, dynamic }: Binary): boolean =>
  type === 'executable' ||
  (type === 'shared' && (interpreter !== undefined || dynamic?.pie === true));

/** Sets programs beside their budgets; the baseline is read if one of them limits growth. */
export function checkPrograms(
  { programs, problems }: BudgetedPrograms,
  budgets: Budgets,
  { folder }: Place,
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
  const problem = `This needs a baseline, ${path}. ${text.problem} --save-baseline writes one.`;
  return { value: undefined, problems: [], problem };
}
