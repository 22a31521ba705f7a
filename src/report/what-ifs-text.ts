import { bytes, integer } from '../format.js';
import { type Entry, layOut, paragraphs } from './columns.js';
import { processCount } from './ledger-text.js';
import { heading, listed, noteOf, WIDTH } from './text.js';
import type { WhatIfFacts, WhatIfsReport } from './what-ifs-report.js';

const NUMBERS: ReadonlySet<number> = new Set([1, 2]);

/** Every what-if and its saving as text for a terminal, lines ended by newlines. */
export const whatIfsText = ({ estimate, whatIfs }: WhatIfsReport): string =>
  paragraphs([
    heading(estimate),
    savingText(whatIfs.filter(({ saving }) => saving).map(savingEntry), estimate.processes),
    listed('Not for this program', whatIfs.filter(({ saving }) => !saving).map(obstacleLine)),
    listed('Notes', estimate.diagnostics.map(noteOf)),
  ]);

function savingText(entries: readonly Entry[], processes: number): string[] {
  if (entries.length === 0) return [];
  const heads = { cells: ['Saving', 'bytes', processCount(processes)], detail: '' };
  return [...layOut([heads, ...entries], NUMBERS, WIDTH), '', ...LEGEND];
}

const LEGEND = [
  '  Of each alone. What several save together is not the sum: pagecost --what-if ID,ID FILE',
];

function savingEntry({ id, title, price, why, saving }: WhatIfFacts): Entry {
  const { perProcess, total } = saving ?? { perProcess: 0, total: 0 };
  return {
    cells: [`  ${id}`, integer(perProcess), bytes(total)],
    detail: why === null ? `${title}. Price: ${price}` : `${title}. ${why}`,
  };
}

const obstacleLine = ({ id, title, why }: WhatIfFacts): string => `${id}: ${title}. ${why}`;
