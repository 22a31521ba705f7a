import { differ } from '../model/cost-difference.js';
import { otherMachine, otherSystem } from '../model/incomparable.js';
import type { Program } from '../model/program.js';
import { loadProgram } from '../program/load-program.js';
import { differenceReport } from '../report/difference-report.js';
import { differenceText } from '../report/difference-text.js';
import { estimateReport } from '../report/estimate-report.js';
import { reportJson } from '../report/json.js';
import { refusalReport } from '../report/make-report.js';
import {
  type AskedConditions,
  CONDITION_HELP,
  CONDITION_OPTIONS,
  conditionsOf,
} from './conditions.js';
import { fail, failFor } from './failure.js';
import {
  type Command,
  readArguments,
  WHAT_IF_HELP,
  WHAT_IF_OPTION,
  WrongUsage,
  whatIfsOf,
} from './options.js';

const HELP = `Usage: pagecost diff [option]... OLD NEW

Two builds of a program beside each other: what one more process costs, and the rows that
differ, the biggest difference first. Runs nothing.

${CONDITION_HELP}
${WHAT_IF_HELP}
      --json          a JSON document
      --help          this text

Ends with 0 if the two could be compared, whether they differ or not; 1 if they could not;
2 for wrong usage.
`;

const OPTIONS = { ...CONDITION_OPTIONS, ...WHAT_IF_OPTION, json: { type: 'boolean' } } as const;

interface Asked extends AskedConditions {
  readonly old: string;
  readonly new: string;
  readonly json: boolean;
  readonly whatIfs: readonly string[];
}

/** `pagecost diff OLD NEW`: two builds beside each other. */
export const DIFF: Command = { help: HELP, run: (args) => compareBuilds(read(args)) };

function read(args: readonly string[]): Asked {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [old, now, ...more] = positionals;
  if (old === undefined || now === undefined) {
    throw new WrongUsage('It takes two files: the build before, and the one after.');
  }
  if (more.length > 0) throw new WrongUsage(`It takes two files: '${more[0]}' is one too many.`);
  return {
    old,
    new: now,
    json: values.json ?? false,
    whatIfs: whatIfsOf(values),
    ...conditionsOf(values),
  };
}

function compareBuilds(asked: Asked) {
  const before = load(asked.old, asked);
  const after = load(asked.new, asked);
  if (!before || !after) return;
  const machines = otherMachine(before, after);
  if (machines) return fail(machines);
  const [old, now] = [estimateReport(before, asked), estimateReport(after, asked)];
  for (const { cost, report } of [old, now]) if (!cost) failFor(report);
  if (!old.cost || !now.cost) return;
  const systems = otherSystem(
    { program: before, cost: old.cost },
    { program: after, cost: now.cost },
  );
  if (systems) return fail(systems);

  const report = differenceReport(old.report, now.report, differ(old.cost, now.cost));
  process.stdout.write(asked.json ? `${reportJson(report)}\n` : differenceText(report));
}

/** Says why, where there is no program to compare. */
function load(path: string, { sysroot }: Asked): Program | undefined {
  const { program, diagnostics } = loadProgram(path, sysroot);
  if (!program) failFor(refusalReport(path, undefined, diagnostics));
  return program;
}
