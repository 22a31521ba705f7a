import type { Diagnostic } from '../binary/diagnostic.js';
import { cLibraryOn } from '../system/c-library.js';
import { detectCLibrary, detectSystem } from '../system/detect.js';
import type { System } from '../system/system.js';
import type { Category, Cost, Estimate, Fill, Region, Row } from './cost.js';
import { freeBsdProcess } from './freebsd-process.js';
import { ledger, shared } from './ledger.js';
import { linuxProcess } from './linux-process.js';
import type { Placed } from './mapping.js';
import { pageTables } from './page-tables.js';
import type { Process } from './process.js';
import type { Program } from './program.js';
import { loadable, misfit, refusalOf } from './refusal.js';
import { remarksOn } from './remarks.js';
import { count, intersect, shift } from './runs.js';
import { choose, type Subject, type WhatIf } from './what-if.js';
import { WHAT_IFS } from './what-ifs.js';
import type { Workload } from './workload.js';

/** What an estimate depends on besides the program. */
export interface Conditions {
  /** The system to estimate for; undefined for the one the binary is made for. */
  readonly system: System | undefined;
  readonly workload: Workload;
  /** Whether the kernel randomises addresses; ignored by systems that never do. */
  readonly aslr: boolean;
  /** Ids of what-ifs, in any order; none where not said. */
  readonly whatIfs?: readonly string[];
}

/**
 * What one more process of a program costs. Pure: the same program and conditions give the same
 * cost. Where there can be no process, the diagnostics say why. Never throws on what is in the files
 * or what the workload asks for.
 */
export function estimate(asked: Program, conditions: Conditions): Estimate {
  const { binary } = asked;
  const refused = (why?: Diagnostic): Estimate => ({
    cost: undefined,
    leftOut: [],
    diagnostics: [...binary.diagnostics, ...(why ? [why] : [])],
  });
  const system = conditions.system ?? detectSystem(binary);
  const refusal = refusalOf(asked, system);
  if (refusal || !system) return refused(refusal);

  const detected = detectCLibrary(binary, system);
  const plain: Subject = {
    program: loadable(asked, system),
    system,
    cLibrary: cLibraryOn(detected.id, system.machine),
    workload: conditions.workload,
    aslr: conditions.aslr,
  };
  const { chosen, leftOut, subject } = choose(WHAT_IFS, conditions.whatIfs ?? [], plain);
  const changed = refusalOf(subject.program, subject.system);
  if (changed) return refused(changed);

  const cost = costOf(subject, chosen);
  const crowded = misfit(cost.regions, subject.system);
  if (crowded) return refused(crowded);
  const remarks = remarksOn(plain, detected.sure);
  return { cost, leftOut, diagnostics: [...binary.diagnostics, ...remarks] };
}

function processOf({ program, system, cLibrary, workload, aslr }: Subject): Process {
  const { addressSpace } = system;
  return addressSpace.kind === 'linux'
    ? linuxProcess(program, { ...system, addressSpace }, cLibrary, workload, aslr)
    : freeBsdProcess(program, { ...system, addressSpace }, cLibrary, workload);
}

function costOf(subject: Subject, chosen: readonly WhatIf[]): Cost {
  const { system, cLibrary, workload } = subject;
  const { pageSize } = system.geometry;
  const process = chosen.reduce(
    (p, whatIf) => whatIf.layout?.(p, subject) ?? p,
    processOf(subject),
  );
  const estimated = pageTables(process, system.geometry);
  const { tables, drawn } = estimated;
  const made = { subject, process, tables: estimated };
  const plain: readonly Row[] = ledger(subject, process, estimated);
  const rows = chosen.reduce((r, whatIf) => whatIf.rows?.(r, made) ?? r, plain);
  const privateBytes = sumOf(rows, 'private');
  const pageTableBytes = sumOf(rows, 'page-tables');
  const kernelBytes = sumOf(rows, 'kernel');
  const bytes = privateBytes + pageTableBytes + kernelBytes;
  const sharedPages = process.mappings.reduce((sum, m) => sum + count(shared(m)), 0);
  const tablesInRss = system.residentCountsTables ? pageTableBytes - topTableBytes(rows) : 0;
  return {
    system: system.id,
    cLibrary: cLibrary.id,
    aslr: process.randomised,
    whatIfs: chosen.map(({ id }) => id),
    pageSize,
    perProcess: { bytes, privateBytes, pageTableBytes, kernelBytes },
    sharedOnceBytes: sumOf(rows, 'shared'),
    addressSpaceBytes: process.mappings.reduce((sum, m) => sum + m.pages, 0) * pageSize,
    residentBytes: privateBytes + sharedPages * pageSize + tablesInRss,
    fill: { usedBytes: usedBytes(process, pageSize), paidBytes: bytes },
    heapFill: heapFill(process, workload, pageSize),
    rows,
    regions: regionsOf(drawn),
    pageTables: tables,
    incomplete: rows.some((row) => row.bytes === undefined),
  };
}

const sumOf = (rows: readonly Row[], category: Category): number =>
  rows.reduce((sum, row) => sum + (row.category === category ? (row.bytes ?? 0) : 0), 0);

const topTableBytes = (rows: readonly Row[]): number =>
  rows.find((row) => row.id === 'tables:pgd')?.bytes ?? 0;

/** The program's own bytes on private pages. */
function usedBytes(process: Process, pageSize: number): number {
  let sum = 0;
  for (const { start, used, private: pages } of process.mappings) {
    const bytes = shift(pages, -start).map((page) => page * pageSize);
    sum += count(intersect(used, bytes));
  }
  return sum;
}

/** What malloc was asked for against all the pages it took, in use or not. */
function heapFill(process: Process, { heap }: Workload, pageSize: number): Fill | undefined {
  if (!heap || heap.length === 0) return undefined;
  const taken = process.mappings
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
