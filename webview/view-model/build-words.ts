import { integer, printable } from '../../src/format.js';
import {
  type CostDifference,
  type SumDifference,
  totalDifference,
} from '../../src/model/cost-difference.js';
import type { Base } from '../../src/protocol.js';
import { boundOf } from '../../src/report/what-if-text.js';
import { signedBytes } from './compared-words.js';

/** A time of day, as the user's locale has it. */
export const timeInWords = (time: number): string => new Date(time).toLocaleTimeString();

/** "the build of 10:42:03", "tiny-musl", "the last commit’s version". */
export function baseInWords({ kind, fileName, time }: Base): string {
  if (kind === 'build') return `the build of ${timeInWords(time)}`;
  return kind === 'commit' ? 'the last commit’s version' : printable(fileName);
}

/** A difference with its sign, and with a mark where what is not known makes it a bound: "≥ +8 KiB". */
export const sumInWords = (sum: SumDifference, written = signedBytes): string =>
  boundOf({ incomplete: sum.afterIncomplete }, { incomplete: sum.beforeIncomplete }) +
  written(sum.difference);

/** "−8 KiB per process", "no difference". */
export function changeInBrief({ rows, perProcess }: CostDifference): string {
  if (rows.some((row) => row.difference)) return `${sumInWords(perProcess)} per process`;
  const known = rows.every((row) => row.difference !== undefined);
  return known ? 'no difference' : 'no difference in what is known';
}

/** What goes on with that: ", −78.1 MiB for 10,000.", or nothing more. */
export function totalInBrief(difference: CostDifference, processes: number): string {
  if (!difference.rows.some((row) => row.difference)) return '.';
  const total = totalDifference(difference, processes);
  return `, ${sumInWords(total)} for ${integer(processes)}.`;
}
