import { dirname, join, relative, resolve, sep } from 'node:path';
import { baselineText, beforeOf } from '../budget/baseline.js';
import { BUDGET_FILE } from '../budget/budget.js';
import { parseBudgets } from '../budget/parse-budgets.js';
import { type BudgetedPrograms, budgetedPrograms } from '../check/budgeted-programs.js';
import { checkPrograms } from '../check/check-programs.js';
import { readText } from '../check/read-text.js';
import { replaceFile } from '../check/replace-file.js';
import { counted, printable } from '../format.js';
import { msg } from '../msg.js';
import { type CheckReport, checkReport } from '../report/check-report.js';
import { checkMarkdown, checkText, problemText } from '../report/check-text.js';
import { reportJson } from '../report/json.js';
import { sysrootOf } from './conditions.js';
import { fail } from './failure.js';
import { type Command, readArguments, WrongUsage } from './options.js';

const HELP = `Usage: pagecost check [option]... [FILE]...

Sets what one more process of each program costs beside the budgets of ${BUDGET_FILE}, for
start-up alone on the system it is made for. Without FILE, all programs that the budgets name.
Runs none of them. docs/budgets.md tells what budgets are.

      --budgets FILE  the budget file; its patterns begin at its directory
                      (default: ${BUDGET_FILE} in this directory)
      --sysroot DIR   where the files of the programs' system are (default: /)
      --save-baseline write what the programs cost now to the baseline that growthBytes is
                      counted from, and check nothing
      --json          a JSON document
      --markdown      Markdown, for a comment on a pull request
      --help          this text

Ends with 0 if each program is within its budgets, 3 if one exceeds a limit, 1 if that cannot
be said or something could not be checked, 2 for wrong usage.
`;

const OPTIONS = {
  budgets: { type: 'string' },
  sysroot: { type: 'string' },
  'save-baseline': { type: 'boolean' },
  json: { type: 'boolean' },
  markdown: { type: 'boolean' },
} as const;

/** A limit is exceeded. */
const OVER = 3;

interface Asked {
  readonly path: string;
  readonly files: readonly string[];
  /** Absolute; undefined for this machine's own files. */
  readonly sysroot: string | undefined;
  readonly save: boolean;
  readonly form: 'text' | 'json' | 'markdown';
}

/** `pagecost check`: programs beside their budgets. */
export const CHECK: Command = { help: HELP, run: (args) => check(read(args)) };

function read(args: readonly string[]): Asked {
  const { values, positionals } = readArguments(args, OPTIONS);
  const save = values['save-baseline'] ?? false;
  if (values.json && values.markdown) throw new WrongUsage('It is either --json or --markdown.');
  if (save && (values.json || values.markdown || positionals.length > 0)) {
    throw new WrongUsage(
      '--save-baseline saves all programs of the budgets, and prints no report.',
    );
  }
  return {
    path: values.budgets ?? BUDGET_FILE,
    files: positionals,
    sysroot: sysrootOf(values.sysroot),
    save,
    form: values.json ? 'json' : values.markdown ? 'markdown' : 'text',
  };
}

async function check({ path, files, sysroot, save, form }: Asked) {
  const text = readText(path);
  if ('problem' in text) return fail(`${printable(path)}: ${text.problem}${hint(path)}`);
  const { value: budgets, problems } = parseBudgets(text.value, path);
  if (!budgets) return print(checkReport(path, { files: [], problems }), form);
  const place = { folder: dirname(resolve(path)), sysrootOf: () => sysroot };
  const only = files.map((file) => relative(place.folder, resolve(file)).split(sep).join('/'));
  const programs = await budgetedPrograms(budgets, place, only.length > 0 ? only : undefined);
  if (save) return saveBaseline(join(dirname(path), budgets.baseline), programs);
  print(checkReport(path, checkPrograms(programs, budgets, place)), form);
}

const hint = (path: string) =>
  path === BUDGET_FILE ? ' A budget file elsewhere is named with --budgets.' : '';

function print(report: CheckReport, form: Asked['form']) {
  const text = form === 'markdown' ? checkMarkdown(report) : checkText(report);
  process.stdout.write(form === 'json' ? `${reportJson(report)}\n` : text);
  if (report.status === 'over') process.exitCode = OVER;
  for (const problem of report.problems) fail(problemText(problem));
  if (report.status === 'unknown') process.exitCode ??= 1;
}

/** Nothing is written if a program is missing: a baseline without it would say so only later. */
function saveBaseline(path: string, { programs, problems }: BudgetedPrograms) {
  const facts = checkReport(path, { files: [], problems }).problems;
  for (const problem of facts) fail(problemText(problem));
  if (problems.length > 0) return fail('The baseline was not saved.');
  const entries = programs.map(({ file, budget, cost }) => beforeOf(file, budget.aslr, cost));
  const all = [...new Map(entries.map((entry) => [`${entry.aslr} ${entry.file}`, entry])).values()];
  try {
    replaceFile(path, baselineText(all));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return fail(`The baseline ${printable(path)} cannot be written: ${code ?? String(error)}.`);
  }
  process.stdout.write(
    `${counted(all.length, msg('{0} program'), msg('{0} programs'))} saved in ${printable(path)}\n`,
  );
}
