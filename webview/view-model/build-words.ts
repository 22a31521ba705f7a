import * as l10n from '@vscode/l10n';
import { integer, printable, timeOrDay } from '../../src/format.js';
import {
  type CostDifference,
  type SumDifference,
  totalDifference,
} from '../../src/model/cost-difference.js';
import type { Base } from '../../src/protocol.js';
import { markOf } from '../../src/report/may-be.js';
import { signedBytes } from './compared-words.js';

/** "Compared with the build as of 10:42:03", "… with tiny-musl", "… with the last commit’s version". */
export function comparedWith({ kind, fileName, time }: Base): string {
  if (kind === 'build') return l10n.t('Compared with the build as of {0}', timeOrDay(time));
  return kind === 'commit'
    ? l10n.t('Compared with the last commit’s version')
    : l10n.t('Compared with {0}', printable(fileName));
}

/** What the columns of both are called: another binary need not be an earlier one. */
export const sidesOf = ({ kind }: Base): readonly [base: string, own: string] =>
  kind === 'file' ? [l10n.t('The other'), l10n.t('This one')] : [l10n.t('Before'), l10n.t('After')];

/** "Since the build as of 10:42:03: −8 KiB per process", "Beside tiny-musl: …". */
export function sinceInBrief({ kind, fileName, time }: Base, change: string): string {
  if (kind === 'build') return l10n.t('Since the build as of {0}: {1}', timeOrDay(time), change);
  return kind === 'commit'
    ? l10n.t('Beside the last commit’s version: {0}', change)
    : l10n.t('Beside {0}: {1}', printable(fileName), change);
}

/** A difference with its sign, and with a mark where what is not known makes it unsure: "≥ +8 KiB". */
export const sumInWords = (sum: SumDifference, written = signedBytes): string =>
  markOf(sum.mayBe) + written(sum.difference);

/** "−8 KiB per process", "no difference". */
export function changeInBrief({ rows, perProcess }: CostDifference): string {
  if (rows.some((row) => row.difference)) {
    return l10n.t('{0} per process', sumInWords(perProcess));
  }
  const known = rows.every((row) => row.difference !== undefined);
  return known ? l10n.t('no difference') : l10n.t('no difference in what is known');
}

/** What goes on with that: ", −78.1 MiB for 10,000.", or nothing more. */
export function totalInBrief(difference: CostDifference, processes: number): string {
  if (!difference.rows.some((row) => row.difference)) return '.';
  const total = totalDifference(difference, processes);
  return l10n.t({
    message: ', {0} for {1}.',
    args: [sumInWords(total), integer(processes)],
    comment: 'goes on after “−8 KiB per process”',
  });
}
