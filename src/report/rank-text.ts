import {
  bytes,
  counted,
  integer,
  oneDecimal,
  printable,
  printableText,
  shortName,
} from '../format.js';
import { msg } from '../msg.js';
import { atLeast } from './at-least.js';
import { columns, paragraphs, wrap } from './columns.js';
import { MARKS, processCount } from './ledger-text.js';
import type { FailedFacts, RankReport } from './rank-report.js';
import { titledList, WIDTH } from './text.js';

const NUMBERS: ReadonlySet<number> = new Set([0, 1, 2, 3]);
/** What the numbers leave of a line. */
const LONGEST_FILE = 44;
/** Files without a cost that are named for one reason. */
const MAX_NAMED = 3;

/** A ranking as text for a terminal, lines ended by newlines. */
export const rankText = (report: RankReport): string =>
  paragraphs([table(report), summary(report), failedText(report.failed)]);

function table({ programs, processes }: RankReport): string[] {
  if (programs.length === 0) return [];
  const heads = ['per process', processCount(processes), 'private', 'tables', 'program'];
  const lines = programs.map((program) => [
    MARKS[program.quality] + integer(program.perProcess.bytes),
    atLeast(program.incomplete) + bytes(program.totalBytes),
    oneDecimal(program.privatePages),
    oneDecimal(program.tablePages),
    shortEnd(program.file),
  ]);
  return [...columns([heads, ...lines], NUMBERS), '', ...LEGEND];
}

const LEGEND = [
  '  Bytes per process; private: pages; tables: page-table pages without the top table.',
  '  ≈ measured   ± range   ≥ at least, as something is not known   ~ guess   no mark: exact',
  '  At start-up: what a program allocates or writes after that comes on top.',
];

/** Of a path that is too long, its end tells programs apart. */
function shortEnd(file: string): string {
  const shown = printable(file);
  return shown.length > LONGEST_FILE ? `…${shown.slice(shown.length - LONGEST_FILE + 1)}` : shown;
}

function summary({ estimated, programs, limited }: RankReport): string[] {
  const rest = estimated - programs.length;
  const others = rest === 1 ? '1 cheaper one is' : `${integer(rest)} cheaper ones are`;
  const shown = rest > 0 ? `; ${others} not shown` : '';
  const sentences = [
    `${counted(estimated, msg('{0} program'), msg('{0} programs'))} estimated${shown}.`,
  ];
  for (const directory of limited) {
    sentences.push(
      `There are too many files below ${printable(directory)}: not all were looked at.`,
    );
  }
  return sentences.flatMap((sentence) => wrap(sentence, WIDTH));
}

const failedText = (failed: readonly FailedFacts[]): string[] =>
  titledList(
    'Without an estimate',
    failed.map(({ reason, files }) => {
      const named = files.slice(0, MAX_NAMED).map((file) => shortName(file, LONGEST_FILE));
      const more = files.length > MAX_NAMED ? ', …' : '';
      return `${integer(files.length)}: ${printableText(reason)} ${named.join(', ')}${more}`;
    }),
  );
