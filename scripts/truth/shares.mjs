import { PAGE } from './product.mjs';
import { print, table } from './report.mjs';
import { shares } from './statistics.mjs';

/** How often a process has so many tables: predicted beside measured, in percent, for these results. */
export function distributions(results) {
  print('\n## How many tables a process has\n');
  print('Addresses randomised; predicted and measured share of processes, in percent.\n');
  const both = results.map(({ program, cost, processes }) => ({
    name: program.name,
    processes: processes.length,
    predicted: new Map(cost.pageTables.distribution.map(({ tables, share }) => [tables, share])),
    measured: shares(processes.map(({ tableBytes }) => tableBytes / PAGE)),
  }));
  const counts = both.flatMap(({ predicted, measured }) => [
    ...predicted.keys(),
    ...measured.keys(),
  ]);
  const all = [...new Set(counts)].sort((a, b) => a - b);
  table(
    ['program', 'processes', ...all],
    both.map(({ name, processes, predicted, measured }) => [
      `\`${name}\``,
      processes,
      ...all.map((n) => cell(predicted.get(n), measured.get(n))),
    ]),
  );
}

function cell(predicted, measured) {
  if (predicted === undefined && measured === undefined) return '';
  const words = [predicted, measured].map((share = 0) => Math.round(100 * share));
  return words.join(' / ');
}
