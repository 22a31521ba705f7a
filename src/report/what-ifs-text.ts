import { bytes, integer } from '../format.js';
import { type Entry, layOut, paragraphs } from './columns.js';
import { processCount } from './ledger-text.js';
import { heading, noteOf, titledList, WIDTH } from './text.js';
import type { SavedBytes, WhatIfFacts, WhatIfsReport } from './what-ifs-report.js';

const NUMBERS: ReadonlySet<number> = new Set([1, 2]);

/** Every what-if and its saving as text for a terminal, lines ended by newlines. */
export const whatIfsText = ({ estimate, whatIfs }: WhatIfsReport): string =>
  paragraphs([
    heading(estimate),
    savingText(whatIfs.filter(isSaved).map(savingEntry), estimate.processes),
    titledList('Not for this program', whatIfs.filter((one) => !isSaved(one)).map(obstacleLine)),
    titledList('Notes', estimate.diagnostics.map(noteOf)),
  ]);

type Saved = WhatIfFacts & { readonly saving: SavedBytes };

const isSaved = (whatIf: WhatIfFacts): whatIf is Saved => whatIf.saving !== null;

function savingText(entries: readonly Entry[], processes: number): string[] {
  if (entries.length === 0) return [];
  const heads = { cells: ['Saving', 'bytes', processCount(processes)], detail: '' };
  return [...layOut([heads, ...entries], NUMBERS, WIDTH), '', ...LEGEND];
}

const LEGEND = [
  '  Of each alone. What several save together is not the sum: pagecost --what-if ID,ID FILE',
  '  ≤ at most: something is not known of what it costs then.',
];

function savingEntry({ id, title, price, why, saving }: Saved): Entry {
  const mark = saving.atMost ? '≤ ' : '';
  return {
    cells: [`  ${id}`, mark + integer(saving.perProcess), mark + bytes(saving.total)],
    detail: why === null ? `${title}. Price: ${price}` : `${title}. ${why}`,
  };
}

const obstacleLine = ({ id, title, why }: WhatIfFacts): string => `${id}: ${title}. ${why}`;
