import { savings } from '../model/savings.js';
import { loadProgram } from '../program/load-program.js';
import { estimateReport } from '../report/estimate-report.js';
import { reportJson } from '../report/json.js';
import { refusalReport } from '../report/make-report.js';
import { whatIfsReport } from '../report/what-ifs-report.js';
import { whatIfsText } from '../report/what-ifs-text.js';
import {
  type AskedConditions,
  CONDITION_HELP,
  CONDITION_OPTIONS,
  conditionsOf,
} from './conditions.js';
import { failFor } from './failure.js';
import { type Command, readArguments, WrongUsage } from './options.js';

const HELP = `Usage: pagecost what-if [option]... FILE

What each what-if, another way to lay a process out, would save by itself: its id, saving
and price, and why some are not for this program. Those that save most come first.

${CONDITION_HELP}
      --json          a JSON document; it also says how to have each
      --help          this text

Ends with 0 if the file could be estimated, 1 if it could not, 2 for wrong usage.
`;

const OPTIONS = { ...CONDITION_OPTIONS, json: { type: 'boolean' } } as const;

interface Asked extends AskedConditions {
  readonly path: string;
  readonly json: boolean;
}

/** `pagecost what-if FILE`: what each what-if would save. */
export const WHAT_IF: Command = { help: HELP, run: (args) => listSavings(read(args)) };

function read(args: readonly string[]): Asked {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [path, ...more] = positionals;
  if (path === undefined) throw new WrongUsage('No file was named.');
  if (more.length > 0) throw new WrongUsage(`It takes one file: '${more[0]}' is one too many.`);
  return { path, json: values.json ?? false, ...conditionsOf(values) };
}

function listSavings(asked: Asked) {
  const { program, diagnostics } = loadProgram(asked.path, asked.sysroot);
  if (!program) return failFor(refusalReport(asked.path, undefined, diagnostics));
  const { cost, report: estimate } = estimateReport(program, asked);
  if (!cost) return failFor(estimate);
  const report = whatIfsReport(estimate, savings(program, asked, cost));
  process.stdout.write(asked.json ? `${reportJson(report)}\n` : whatIfsText(report));
}
