import type { Category, Cost, Fill, Region, Row } from './cost.js';
import { sharedWith } from './holdings.js';
import { ledger } from './ledger.js';
import type { Mapping, Placed } from './mapping.js';
import { pageTables } from './page-tables.js';
import { mappingsOf } from './process.js';
import { TOP_TABLE_ROW } from './row-ids.js';
import { count, intersect, NO_RUNS, shift } from './runs.js';
import type { Made, WhatIf } from './what-if.js';
import type { Workload } from './workload.js';

/**
 * The cost of a process that is laid out: its ledger, what the rows sum to, its regions and tables.
 *
 * @param chosen the what-ifs it is laid out with, in their order
 */
export function makeCost(made: Made, chosen: readonly WhatIf[]): Cost {
  const { subject, process, counts, drawn } = made;
  const { system, cLibrary, workload } = subject;
  const { pageSize } = system.geometry;
  const tables = pageTables(counts, drawn, system.geometry);
  const plain: readonly Row[] = ledger(made, tables.levels);
  const rows = chosen.reduce((r, whatIf) => whatIf.rows?.(r, made) ?? r, plain);
  const mappings = mappingsOf(process);
  const privateBytes = sumOf(rows, 'private');
  const pageTableBytes = sumOf(rows, 'page-tables');
  const kernelBytes = sumOf(rows, 'kernel');
  const bytes = privateBytes + pageTableBytes + kernelBytes;
  const sharedPages = mappings.reduce((sum, m) => sum + sharedWith(m), 0);
  const tablesInRss = system.residentCountsTables ? pageTableBytes - topTableBytes(rows) : 0;
  return {
    system: system.id,
    cLibrary: cLibrary.id,
    aslr: process.randomised,
    whatIfs: chosen.map(({ id }) => id),
    pageSize,
    perProcess: { bytes, privateBytes, pageTableBytes, kernelBytes },
    sharedOnceBytes: sumOf(rows, 'shared'),
    addressSpaceBytes: mappings.reduce((sum, m) => sum + m.pages, 0) * pageSize,
    residentBytes: privateBytes + sharedPages * pageSize + tablesInRss,
    fill: { usedBytes: usedBytes(mappings, pageSize), paidBytes: bytes },
    heapFill: heapFill(mappings, workload, pageSize),
    rows,
    regions: regionsOf(drawn),
    pageTables: tables,
    incomplete: rows.some((row) => row.bytes === undefined),
  };
}

const sumOf = (rows: readonly Row[], category: Category): number =>
  rows.reduce((sum, row) => sum + (row.category === category ? (row.bytes ?? 0) : 0), 0);

const topTableBytes = (rows: readonly Row[]): number =>
  rows.find((row) => row.id === TOP_TABLE_ROW)?.bytes ?? 0;

/** The program's own bytes on private pages. */
function usedBytes(mappings: readonly Mapping[], pageSize: number): number {
  let sum = 0;
  for (const { start, used = NO_RUNS, private: pages } of mappings) {
    const bytes = shift(pages, -start).map((page) => page * pageSize);
    sum += count(intersect(used, bytes));
  }
  return sum;
}

/** What malloc was asked for against all the pages it took, in use or not. */
function heapFill(
  mappings: readonly Mapping[],
  { heap }: Workload,
  pageSize: number,
): Fill | undefined {
  if (!heap || heap.length === 0) return undefined;
  const taken = mappings
    .filter((m) => (m.kind === 'heap' || m.kind === 'allocator') && m.writable)
    .reduce((sum, m) => sum + m.pages, 0);
  const asked = heap.reduce((sum, size) => sum + size, 0);
  return taken === 0 ? undefined : { usedBytes: asked, paidBytes: taken * pageSize };
}

/** The drawn placement's regions, by address. */
function regionsOf(placed: readonly Placed[]): Region[] {
  return placed
    .flatMap(({ block, base }) =>
      block.mappings.map((m): Region => {
        const { id, label, kind, object, pages, readable, writable, executable, used } = m;
        return {
          id,
          label,
          kind,
          object,
          row: m.charge?.id,
          pages,
          readable,
          writable,
          executable,
          used,
          firstPage: base + m.start,
          resident: shift(m.resident, base),
          private: shift(m.private, base),
        };
      }),
    )
    .sort((a, b) => a.firstPage - b.firstPage);
}
