import * as l10n from '@vscode/l10n';
import { bytes, integer, printable, printableText } from '../format.js';
import { WHAT_IFS } from '../model/what-ifs.js';
import { atLeast } from './at-least.js';
import { columns, wrap } from './columns.js';
import { processCount } from './ledger-text.js';
import { markOf } from './may-be.js';
import type { CostReport, SavingFacts, SumFacts } from './report.js';

const NUMBERS: ReadonlySet<number> = new Set([1, 2, 3]);

/** What was chosen, what was left out, and what that saves; nothing where nothing was asked for. */
export function whatIfText(report: CostReport, width: number): string[] {
  const lines = chosenText(report, width);
  if (lines.length === 0) return [];
  const { without } = report;
  return [l10n.t('What if'), ...lines, ...(without ? ['', ...savingText(without, report)] : [])];
}

/** A line for each what-if that was asked for: its title, or why it was left out. */
function chosenText({ whatIfs, leftOut }: CostReport, width: number): string[] {
  const lines = [
    ...whatIfs.map((id) => ({ id, text: titleOf(id) })),
    ...leftOut.map(({ id, reason }) => ({ id, text: l10n.t('left out: {0}', reason) })),
  ];
  const margin = Math.max(...lines.map(({ id }) => id.length)) + 4;
  return lines.flatMap(({ id, text }) =>
    wrap(printableText(text), width - margin).map(
      (part, i) => `  ${(i === 0 ? printable(id) : '').padEnd(margin - 2)}${part}`,
    ),
  );
}

function titleOf(id: string): string {
  const title = WHAT_IFS.find((whatIf) => whatIf.id === id)?.title ?? '';
  return l10n.t(title);
}

function savingText(
  without: SumFacts & SavingFacts,
  { processes, ...report }: CostReport,
): string[] {
  const bound = markOf(without.savingMayBe);
  const line = (title: string, of: (sums: SumFacts) => number): string[] => {
    const [before, after] = [of(without), of(report)];
    const saving = before - after;
    return [
      `  ${title}`,
      atLeast(without.incomplete) + integer(before),
      atLeast(report.incomplete) + integer(after),
      bound + integer(saving),
      Math.abs(saving) < 1024 ? '' : bound + bytes(saving),
    ];
  };
  return columns(
    [
      ['', l10n.t('without'), l10n.t('with'), l10n.t('saving')],
      line(l10n.t('one more process'), ({ perProcess }) => perProcess.bytes),
      line(l10n.t('shared once'), ({ sharedOnceBytes }) => sharedOnceBytes),
      line(processCount(processes), ({ totalBytes }) => totalBytes),
    ],
    NUMBERS,
  );
}
