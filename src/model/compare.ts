import * as l10n from '@vscode/l10n';
import { privateByRow, sharedByObject } from './attribution.js';
import { comparedKernel } from './compare-kernel.js';
import { comparedPrivate } from './compare-private.js';
import { type ComparedRow, type Comparison, mean, unmeasured } from './comparison.js';
import type { Cost } from './cost.js';
import { liveTables } from './live-tables.js';
import type { MeasuredProcess, Measurement } from './measurement.js';
import { TOP_TABLE_ROW } from './row-ids.js';
import { whyDifferent } from './why-different.js';

/**
 * Puts a measurement beside an estimate of the same program, row by row. Processes of another page
 * size than the estimate's cannot be compared: a remark says so, and there are no rows.
 */
export function compare(cost: Cost, { processes, remarks }: Measurement): Comparison {
  const odd = processes.find(({ pageSize }) => pageSize !== cost.pageSize);
  if (odd) {
    const why = l10n.t(
      'Pages here have {0} bytes, and {1} in the estimate: choose this machine’s system to compare them.',
      odd.pageSize,
      cost.pageSize,
    );
    return { processes: 0, rows: [], sums: [], tablesAgree: undefined, remarks: [...remarks, why] };
  }
  const tables = liveTables(cost, processes);
  const rows = [
    ...comparedPrivate(
      cost,
      processes.map((process) => privateByRow(cost, process)),
    ),
    ...tableRows(cost, tables.byLevel),
    ...comparedKernel(cost, processes),
    ...sharedRows(cost, processes),
  ];
  return {
    processes: processes.length,
    rows: rows.map((row) => ({ ...row, why: row.why ?? whyDifferent(row, cost, processes) })),
    sums: [
      {
        category: 'private',
        predicted: cost.perProcess.privateBytes,
        measured: mean(processes.map(privateBytes)),
      },
      {
        category: 'page-tables',
        predicted: withoutTopTable(cost),
        measured: mean(processes.map((process) => process.tableBytes)),
      },
    ],
    tablesAgree: tables.agree,
    remarks,
  };
}

function tableRows(cost: Cost, byLevel: ReadonlyMap<string, number> | undefined): ComparedRow[] {
  return cost.rows
    .filter(({ category }) => category === 'page-tables')
    .map((row) => ({
      ...unmeasured(row),
      measured: byLevel?.get(row.id),
      why:
        row.id === TOP_TABLE_ROW
          ? l10n.t('Every process has one; VmPTE leaves it out.')
          : undefined,
    }));
}

function sharedRows(cost: Cost, processes: readonly MeasuredProcess[]): ComparedRow[] {
  const found = processes.map(sharedByObject);
  return cost.rows
    .filter(({ category }) => category === 'shared')
    .map((row) => {
      const { object, bytes } = row;
      if (object === undefined || bytes === undefined) return unmeasured(row);
      return { ...unmeasured(row), measured: mean(found.map((by) => by.get(object) ?? 0)) };
    });
}

const privateBytes = ({ regions }: MeasuredProcess): number =>
  regions.reduce((sum, region) => sum + region.privateBytes, 0);

const withoutTopTable = ({ rows }: Cost): number =>
  rows
    .filter(({ id, category }) => category === 'page-tables' && id !== TOP_TABLE_ROW)
    .reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
