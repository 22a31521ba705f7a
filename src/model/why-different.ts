import * as l10n from '@vscode/l10n';
import { ANONYMOUS_ROW, OTHER_FILE } from './attribution.js';
import type { ComparedRow } from './comparison.js';
import type { Cost } from './cost.js';
import type { MeasuredProcess } from './measurement.js';
import { HEAP_ROW, KERNEL_STACK_ROW, STACK_ROW } from './row-ids.js';
import { count } from './runs.js';

/** What usually makes a row of a live process differ from the estimate; undefined where nothing does. */
export function whyDifferent(
  row: ComparedRow,
  cost: Cost,
  processes: readonly MeasuredProcess[],
): string | undefined {
  const { id, category, measured, predicted } = row;
  if (measured === undefined) {
    return category === 'page-tables'
      ? l10n.t('Not all pages of the process could be seen.')
      : undefined;
  }
  if (id.startsWith(OTHER_FILE))
    return l10n.t('A file opened at run time; the headers do not name it.');
  const more = measured - (predicted ?? 0);
  if (agrees(row, cost.pageSize)) return undefined;
  switch (category) {
    case 'private':
      return more > 0 ? moreWritten(row, cost, more) : lessWritten(row);
    case 'page-tables':
      return more > 0
        ? l10n.t('More pages are in use, or lie further apart, than at the end of start-up.')
        : l10n.t('Fewer pages are in use, or lie closer together, than the estimate takes.');
    case 'kernel':
      return kernelDifference(id, processes);
    case 'shared':
      return more > 0
        ? l10n.t('The kernel mapped pages around those that were touched.')
        : l10n.t('Not all of the file was touched.');
  }
}

/** Less than a page apart, or inside the range that the estimate gives. */
export function agrees(
  { predicted, measured, range, category }: ComparedRow,
  pageSize: number,
): boolean {
  if (predicted === undefined || measured === undefined) return false;
  const tolerance = category === 'kernel' ? 1 : pageSize;
  if (Math.abs(measured - predicted) < tolerance) return true;
  return range !== undefined && measured >= range.min && measured <= range.max;
}

function moreWritten({ id, unpredicted }: ComparedRow, { pageSize }: Cost, more: number): string {
  if (id === HEAP_ROW) return l10n.t('The heap grew at run time.');
  if (id === STACK_ROW) return l10n.t('The program’s frames reach deeper than those of start-up.');
  if (id === ANONYMOUS_ROW) {
    return l10n.t(
      'Mapped at run time: large blocks of malloc, threads’ stacks, other anonymous memory.',
    );
  }
  if (id.endsWith(':bss')) return l10n.t('More of the bss is in use than a header can tell.');
  const pages = count(unpredicted) || Math.round(more / pageSize);
  return pages === 1
    ? l10n.t('The program wrote one more page of this data at run time.')
    : l10n.t('The program wrote {0} more pages of this data at run time.', pages);
}

function lessWritten({ id }: ComparedRow): string {
  if (id === HEAP_ROW) return l10n.t('The program has asked malloc for less.');
  if (id.endsWith(':bss')) return l10n.t('Less of the bss is in use than the default takes.');
  return l10n.t('Some of these pages were not written, or are shared with a process that forked.');
}

function kernelDifference(id: string, processes: readonly MeasuredProcess[]): string | undefined {
  if (id === KERNEL_STACK_ROW) {
    const threads = Math.max(...processes.map((process) => process.threads));
    return l10n.t(
      'Up to {0} threads run in a process, each with a kernel stack of its own.',
      threads,
    );
  }
  const regions = Math.max(...processes.map((process) => process.regions.length));
  return l10n.t(
    'A process has up to {0} regions; files opened and memory mapped at run time bring more.',
    regions,
  );
}
