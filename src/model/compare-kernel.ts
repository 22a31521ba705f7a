import * as l10n from '@vscode/l10n';
import { systemById } from '../system/systems.js';
import { type ComparedRow, mean, unmeasured } from './comparison.js';
import type { Cost, Row } from './cost.js';
import type { MeasuredProcess } from './measurement.js';
import { KERNEL_STACK_ROW, kernelRow } from './row-ids.js';
import { NO_RUNS } from './runs.js';

/**
 * Kernel objects beside what can be counted from outside: regions, and kernel stacks by threads. The
 * slab allocator's own figures are for root only, so the others are one row that is not measured.
 */
export function comparedKernel(cost: Cost, processes: readonly MeasuredProcess[]): ComparedRow[] {
  const rows = cost.rows.filter(({ category }) => category === 'kernel');
  const counted = rows.map((row) => ({ row, measured: bytesCounted(row, cost, processes) }));
  const hidden = counted.filter(({ measured }) => measured === undefined).map(({ row }) => row);
  return [
    ...counted
      .filter(({ measured }) => measured !== undefined)
      .map(({ row, measured }) => ({ ...unmeasured(row), measured })),
    ...(hidden.length > 0 ? [together(hidden)] : []),
  ];
}

function bytesCounted(
  { id, bytes }: Row,
  { system }: Cost,
  processes: readonly MeasuredProcess[],
): number | undefined {
  const kernel = systemById(system)?.kernel;
  if (id === KERNEL_STACK_ROW && bytes !== undefined) {
    return mean(processes.map(({ threads }) => threads * bytes));
  }
  if (kernel?.kind === 'measured' && id === kernelRow(kernel.perRegion.id)) {
    const { perRegion } = kernel;
    return mean(processes.map(({ regions }) => regions.length * perRegion.bytes));
  }
  return undefined;
}

function together(rows: readonly Row[]): ComparedRow {
  const known = rows.filter(({ bytes }) => bytes !== undefined);
  return {
    id: 'kernel:hidden',
    category: 'kernel',
    label: l10n.t('Other kernel objects'),
    object: undefined,
    predicted: known.length > 0 ? known.reduce((sum, row) => sum + (row.bytes ?? 0), 0) : undefined,
    range: undefined,
    quality: known[0]?.quality ?? 'unknown',
    measured: undefined,
    why: l10n.t('The kernel tells the sizes of its own objects to root only.'),
    unpredicted: NO_RUNS,
    unwritten: NO_RUNS,
  };
}
