import * as l10n from '@vscode/l10n';
import { counted, hundredths, printable, printableText, shortName } from '../format.js';
import { msg } from '../msg.js';
import { atLeast } from './at-least.js';
import {
  type CheckReport,
  KIND_WORDS,
  type LimitFacts,
  type ProblemFacts,
} from './check-report.js';
import { columns, paragraphs, wrap } from './columns.js';
import { WIDTH } from './text.js';

const NUMBERS: ReadonlySet<number> = new Set([2, 3]);
const HEADS = ['file', 'limit', 'at most', 'actual', ''];
const LONGEST_FILE = 40;

/** A check as text for a terminal, lines ended by newlines; without its problems. */
export const checkText = (report: CheckReport): string =>
  paragraphs([tableText(report), verdict(report)]);

/** The same as Markdown, for a comment on a pull request; with its problems. */
export const checkMarkdown = (report: CheckReport): string =>
  paragraphs([
    ['### Memory budgets'],
    markdownTable(report),
    verdict(report),
    report.problems.map((problem) => `- ${code(problemText(problem))}`),
  ]);

/** "FILE:LINE:COLUMN: FIELD: what is wrong", as compilers write it. */
export function problemText({ file, line, column, field, message }: ProblemFacts): string {
  const where = line === null ? printable(file) : `${printable(file)}:${line}:${column}`;
  return [where, field, printableText(message)].filter(Boolean).join(': ');
}

/** "24.22 private pages, over by 12.22 (at most 12)" */
export function limitText(limit: LimitFacts, aslr: boolean): string {
  const [words, most, actual, end] = cells(limit);
  const parts = [actual, words, end, most];
  return aslr
    ? l10n.t('{0} {1}, {2} (at most {3})', ...parts)
    : l10n.t('{0} {1}, no ASLR, {2} (at most {3})', ...parts);
}

/** "over by 1,024", or what else there is to say of a limit. */
function outcome({ status, overBy, atLeast, actual }: LimitFacts): string {
  if (overBy !== null) {
    return atLeast
      ? l10n.t('over by at least {0}', hundredths(overBy))
      : l10n.t('over by {0}', hundredths(overBy));
  }
  if (status === 'within') return l10n.t('within');
  return actual === null ? l10n.t('unknown') : l10n.t('unknown: a part of the cost is not known');
}

function tableText({ files }: CheckReport): string[] {
  const lines = files.flatMap(({ file, aslr, limits }) =>
    limits.map((limit, i) => [
      i === 0 ? shortName(file, LONGEST_FILE) + condition(aslr) : '',
      ...cells(limit),
    ]),
  );
  return lines.length > 0 ? columns([HEADS, ...lines], NUMBERS) : [];
}

const condition = (aslr: boolean) => (aslr ? '' : ', no ASLR');

const cells = (limit: LimitFacts): [string, string, string, string] => [
  l10n.t(KIND_WORDS[limit.kind]),
  hundredths(limit.limit),
  limit.actual === null ? '?' : atLeast(limit.atLeast) + hundredths(limit.actual),
  outcome(limit),
];

function markdownTable({ files }: CheckReport): string[] {
  const lines = files.flatMap(({ file, aslr, limits }) =>
    limits.map((limit) => {
      const [field, most, actual, end] = cells(limit);
      const words = limit.status === 'within' ? end : `**${end}**`;
      return [codeInCell(printable(file)) + condition(aslr), field, most, actual, words];
    }),
  );
  if (lines.length === 0) return [];
  const heads = ['File', 'Limit', 'At most', 'Actual', ''];
  const sides = ['---', '---', '---:', '---:', '---'];
  return [heads, sides, ...lines].map((line) => `| ${line.join(' | ')} |`);
}

/** Text as code: a fence longer than any in it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}

/** The same without a bar that ends the cell. */
const codeInCell = (text: string): string => code(text).replaceAll('|', '\\|');

function verdict({ files, problems }: CheckReport): string[] {
  const all = files.flatMap(({ limits }) => limits);
  const over = all.filter(({ status }) => status === 'over').length;
  const unknown = all.filter(({ status }) => status === 'unknown').length;
  const parts = [
    over > 0
      ? `${over} of ${counted(all.length, msg('{0} limit'), msg('{0} limits'))} exceeded`
      : '',
    unknown > 0
      ? `${unknown} of ${counted(all.length, msg('{0} limit'), msg('{0} limits'))} undecided`
      : '',
    problems.length > 0 ? counted(problems.length, msg('{0} problem'), msg('{0} problems')) : '',
  ].filter(Boolean);
  const programs = new Set(files.map(({ file }) => file)).size;
  const checked = `${counted(programs, msg('{0} program'), msg('{0} programs'))} checked`;
  return wrap(`${[checked, ...(parts.length > 0 ? parts : ['all within'])].join('; ')}.`, WIDTH);
}
