import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Diagnostic,
  DiagnosticSeverity,
  l10n,
  Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { BUDGET_FILE, type Budgets } from '../../budget/budget.js';
import type { Problem } from '../../budget/json-text.js';
import { type Parsed, parseBudgets } from '../../budget/parse-budgets.js';
import { budgetedPrograms } from '../../check/budgeted-programs.js';
import { checkPrograms } from '../../check/check-programs.js';
import { readText } from '../../check/read-text.js';
import type { Checked } from '../../report/check-report.js';
import { messageOf } from '../errors.js';
import { sysrootFor } from '../sysroot-setting.js';
import { limitDiagnostic, problemDiagnostic, rangeOf, sectionsLink } from './budget-diagnostics.js';

/** What there is to show, by the file it is shown at. */
type Shown = readonly [Uri, Diagnostic[]][];

export interface Findings {
  readonly shown: Shown;
  /** The programs that were looked at. */
  readonly programs: readonly Uri[];
}

export const NOTHING_FOUND: Findings = { shown: [], programs: [] };

/** Where a folder has its own settings. */
const SETTINGS = '.vscode/settings.json';

/** Those of the budget file or, where there is none, of the setting; undefined where nobody sets any. */
export function readBudgets({ uri }: WorkspaceFolder): Parsed<Budgets> | undefined {
  const path = join(uri.fsPath, BUDGET_FILE);
  if (existsSync(path)) {
    const text = readText(path);
    if ('value' in text) return parseBudgets(text.value, BUDGET_FILE);
    const problem = { file: BUDGET_FILE, field: undefined, place: undefined };
    return { value: undefined, problems: [{ ...problem, message: text.problem }] };
  }
  const budgets: unknown = workspace.getConfiguration('pagecost', uri).get('budgets');
  const none = budgets === undefined || (Array.isArray(budgets) && budgets.length === 0);
  return none ? undefined : parseBudgets(JSON.stringify({ budgets }), SETTINGS);
}

/**
 * What is found when a folder's programs are checked by its budgets. Never rejects: what failed is said at the
 * budgets.
 *
 * @param explanation what the limits mean, for people
 */
export async function findingsOf(
  { value: budgets, problems }: Parsed<Budgets>,
  { uri: folder }: WorkspaceFolder,
  explanation: Uri,
): Promise<Findings> {
  const only = (errors: readonly Problem[]): Findings => ({
    shown: shownProblems(errors, folder, DiagnosticSeverity.Error),
    programs: [],
  });
  if (!budgets) return only(problems);
  try {
    const sysrootOf = (path: string) => sysrootFor(Uri.file(path));
    const place = { folder: folder.fsPath, sysrootOf };
    const found = await budgetedPrograms(budgets, place, undefined);
    const checked = checkPrograms(found, budgets, place);
    const looked = [...found.programs, ...found.problems].map(({ file }) => file);
    return {
      shown: [
        ...shownLimits(checked, budgets, folder, explanation),
        // Before a build, and after a cleaning, no program matches: that is not yet an error.
        ...shownProblems(checked.problems, folder, DiagnosticSeverity.Information),
      ],
      programs: looked
        .filter((file) => file !== budgets.source)
        .map((file) => Uri.joinPath(folder, file)),
    };
  } catch (error) {
    const message = l10n.t('The budgets could not be checked: {0}', messageOf(error));
    return only([{ file: budgets.source, field: undefined, place: undefined, message }]);
  }
}

/** What is wrong with budgets, or with the programs that they name, each at its file. */
const shownProblems = (
  problems: readonly Problem[],
  folder: Uri,
  severity: DiagnosticSeverity,
): Shown =>
  problems.map((problem) => {
    // Nobody knows on which lines of the settings they are.
    const place = problem.file === SETTINGS ? undefined : problem.place;
    const file = Uri.joinPath(folder, problem.file);
    return [file, [problemDiagnostic({ ...problem, place }, severity)]];
  });

/** The limits that are not kept: at the budget file with a link to the program's sections, or at the program itself. */
const shownLimits = (
  { files }: Checked,
  { source }: Budgets,
  folder: Uri,
  explanation: Uri,
): Shown =>
  files.flatMap((file) =>
    file.limits
      // Where there is nothing to compare, one of the problems says why.
      .filter(({ status, actual }) => status !== 'within' && actual !== undefined)
      .map((judged): Shown[number] => {
        const program = Uri.joinPath(folder, file.file);
        const diagnostic = limitDiagnostic(file, judged, explanation);
        if (source === SETTINGS) return [program, [diagnostic]];
        diagnostic.range = rangeOf(judged.limit.place);
        diagnostic.relatedInformation = [sectionsLink(program)];
        return [Uri.joinPath(folder, source), [diagnostic]];
      }),
  );
