import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Diagnostic,
  DiagnosticSeverity,
  Disposable,
  l10n,
  languages,
  RelativePattern,
  Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { BUDGET_FILE, type Budgets } from '../budget/budget.js';
import { matchesGlob } from '../budget/glob.js';
import type { Problem } from '../budget/json-text.js';
import { type Parsed, parseBudgets } from '../budget/parse-budgets.js';
import { budgetedPrograms } from '../check/budgeted-programs.js';
import { checkPrograms } from '../check/check-programs.js';
import { readText } from '../check/read-text.js';
import { limitDiagnostic, problemDiagnostic, programLink, rangeOf } from './budget-diagnostics.js';
import { messageOf } from './errors.js';
import { followBuilds } from './follow-builds.js';
import { localFile } from './local-file.js';
import { pathBelow } from './path-names.js';
import { sysrootFor } from './sysroot-setting.js';
import { sayUnchecked } from './unchecked-budgets.js';

/** Checking waits until this long the budgets did not change, in ms. */
const QUIET = 500;

/** What there is to show, by the file it is shown at. */
type Shown = [Uri, Diagnostic[]][];

interface Findings {
  readonly shown: Shown;
  /** The programs that were looked at. */
  readonly programs: readonly Uri[];
}

const NOTHING: Findings = { shown: [], programs: [] };

/**
 * Shows in Problems which programs exceed the budgets of their workspace folder, and follows programs,
 * budgets and baseline. Only in a trusted workspace: opening a folder must not be enough to have read
 * whatever paths its programs hold.
 */
export function createBudgetProblems(extensionUri: Uri): Disposable {
  const explanation = Uri.joinPath(extensionUri, 'docs', 'budgets.md');
  let following: readonly Disposable[] = [];
  const follow = () => {
    Disposable.from(...following).dispose();
    const folders = workspace.isTrusted ? (workspace.workspaceFolders ?? []) : [];
    following = folders.map((folder) =>
      localFile(folder.uri) ? followBudgets(folder, explanation) : sayUnchecked(folder),
    );
  };
  const listening = [
    workspace.onDidChangeWorkspaceFolders(follow),
    workspace.onDidGrantWorkspaceTrust(follow),
  ];
  follow();
  return new Disposable(() => Disposable.from(...listening, ...following).dispose());
}

function followBudgets(folder: WorkspaceFolder, explanation: Uri): Disposable {
  const shown = languages.createDiagnosticCollection('pagecost');
  let latest = 0;
  let timer: NodeJS.Timeout | undefined;
  let budgets: Budgets | undefined;
  let known: readonly Uri[] = [];
  const check = async () => {
    const turn = ++latest;
    const parsed = readBudgets(folder);
    budgets = parsed?.value;
    const found = parsed ? await findingsOf(parsed, folder, explanation) : NOTHING;
    // What changed meanwhile is checked by a later turn, as is what a linker has written in part.
    if (turn !== latest || (parsed && builds.isWaiting())) return;
    known = found.programs;
    shown.clear();
    shown.set(found.shown);
  };
  const pattern = new RelativePattern(folder, '**');
  const nameOf = ({ path }: Uri) => pathBelow(folder.uri.path, path) ?? '';
  const isLeftOut = (uri: Uri) => !isNamed(nameOf(uri), budgets);
  const builds = followBuilds([pattern], { isLeftOut, known: () => known }, () => void check());
  const changed = (uri: Uri) => {
    if (![BUDGET_FILE, budgets?.baseline].includes(nameOf(uri))) return;
    clearTimeout(timer);
    timer = setTimeout(check, QUIET);
  };
  const watcher = workspace.createFileSystemWatcher(pattern);
  const listening = [
    builds,
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
    workspace.onDidChangeConfiguration((change) => {
      const settings = ['pagecost.budgets', 'pagecost.sysroot'];
      if (settings.some((name) => change.affectsConfiguration(name, folder))) void check();
    }),
  ];
  void check();
  return new Disposable(() => {
    latest = Number.POSITIVE_INFINITY;
    clearTimeout(timer);
    Disposable.from(shown, ...listening).dispose();
  });
}

/** Whether budgets may be for the program at a path. */
const isNamed = (path: string, budgets: Budgets | undefined): boolean =>
  (budgets?.budgets ?? []).some(({ files }) => files.some((g) => matchesGlob(g.pattern, path)));

/** Those of the budget file or, where there is none, of the setting; undefined where nobody sets any. */
function readBudgets({ uri }: WorkspaceFolder): Parsed<Budgets> | undefined {
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

/** Where a folder has its own settings. */
const SETTINGS = '.vscode/settings.json';

/** Never rejects: what failed is said at the budgets. */
async function findingsOf(
  parsed: Parsed<Budgets>,
  folder: WorkspaceFolder,
  explanation: Uri,
): Promise<Findings> {
  const at = (file: string) => Uri.joinPath(folder.uri, file);
  const problemsOf = (list: readonly Problem[], severity: DiagnosticSeverity): Shown =>
    list.map((problem) => {
      // Nobody knows on which lines of the settings they are.
      const place = problem.file === SETTINGS ? undefined : problem.place;
      return [at(problem.file), [problemDiagnostic({ ...problem, place }, severity)]];
    });
  const budgets = parsed.value;
  const only = (problems: readonly Problem[]): Findings => ({
    shown: problemsOf(problems, DiagnosticSeverity.Error),
    programs: [],
  });
  if (!budgets) return only(parsed.problems);
  try {
    const sysrootOf = (path: string) => sysrootFor(Uri.file(path));
    const place = { folder: folder.uri.fsPath, sysrootOf };
    const programs = await budgetedPrograms(budgets, place, undefined);
    const checked = checkPrograms(programs, budgets, place);
    const limits = checked.files.flatMap((file) =>
      file.limits
        // Where there is nothing to compare, one of the problems says why.
        .filter(({ status, actual }) => status !== 'within' && actual !== undefined)
        .map((judged): Shown[number] => {
          const diagnostic = limitDiagnostic(file, judged, explanation);
          if (budgets.source === SETTINGS) return [at(file.file), [diagnostic]];
          diagnostic.range = rangeOf(judged.limit.place);
          diagnostic.relatedInformation = [programLink(at(file.file))];
          return [at(budgets.source), [diagnostic]];
        }),
    );
    // Before a build, and after a cleaning, no program matches: that is not yet an error.
    const problems = problemsOf(checked.problems, DiagnosticSeverity.Information);
    const looked = [...programs.programs, ...programs.problems].map(({ file }) => file);
    return {
      shown: [...limits, ...problems],
      programs: looked.filter((file) => file !== budgets.source).map(at),
    };
  } catch (error) {
    const message = l10n.t('The budgets could not be checked: {0}', messageOf(error));
    const problem = { file: budgets.source, field: undefined, place: undefined, message };
    return only([problem]);
  }
}
