import { type Binary, isLoadable } from '../binary/binary.js';
import type { Diagnostic } from '../binary/diagnostic.js';
import type { Cost, PageTables, Row } from '../model/cost.js';
import { mayBe } from '../model/cost-difference.js';
import type { Program } from '../model/program.js';
import { reasonsInBrief } from '../model/reasons.js';
import { ruleSource } from '../model/rule-source.js';
import { RULES, type Rule, type RuleId } from '../model/rules.js';
import { isLessKnown } from '../model/savings.js';
import { totalBytes } from '../model/total.js';
import type { LeftOut } from '../model/what-if.js';
import type { Workload } from '../model/workload.js';
import { isLibrary } from '../system/detect.js';
import type { LevelName } from '../system/geometry.js';
import { systemById } from '../system/systems.js';
import { pageFacts } from './page-facts.js';
import {
  type CostReport,
  type DiagnosticFacts,
  FORMAT,
  type PageTableFacts,
  type ProgramFacts,
  type RefusalReport,
  type RowFacts,
  type SumFacts,
} from './report.js';

/** What the cost depends on and the report repeats. */
export interface Asked {
  /** 1 to 1,000,000. */
  readonly processes: number;
  readonly workload: Workload;
}

/** What became of the what-ifs that were asked for. */
export interface Chosen {
  readonly leftOut: readonly LeftOut[];
  /** The cost without any; undefined where the cost is with none. */
  readonly without: Cost | undefined;
}

const NONE_CHOSEN: Chosen = { leftOut: [], without: undefined };

/** The report of a program and its cost. */
export function costReport(
  program: Program,
  cost: Cost,
  diagnostics: readonly Diagnostic[],
  { processes, workload }: Asked,
  { leftOut, without }: Chosen = NONE_CHOSEN,
): CostReport {
  const { addressSpaceBytes, residentBytes, fill } = cost;
  const used = new Set(cost.rows.map((row) => row.rule));
  return {
    format: FORMAT,
    program: { ...programFacts(program), libc: (without ?? cost).cLibrary },
    system: cost.system,
    systemName: systemById(cost.system)?.name ?? cost.system,
    aslr: cost.aslr,
    pageBytes: cost.pageSize,
    workload: {
      heap: workload.heap ?? null,
      heapWritten: workload.heapWritten,
      stackBytes: workload.stackBytes,
      bssTouched: workload.bssTouched ?? null,
    },
    whatIfs: cost.whatIfs,
    leftOut,
    without: without
      ? {
          ...sums(without, processes),
          savingMayBe: mayBe(isLessKnown(cost, without), isLessKnown(without, cost)),
        }
      : null,
    processes,
    ...sums(cost, processes),
    addressSpaceBytes,
    residentBytes,
    fill,
    heapFill: cost.heapFill ?? null,
    pageTables: pageTableFacts(cost.pageTables),
    rows: cost.rows.map((row) => rowFacts(row, cost.pageSize)),
    rules: Object.fromEntries([...used].map((rule) => [rule, ruleFacts(rule, cost)])),
    diagnostics: diagnostics.map(diagnosticFacts),
  };
}

const sums = (cost: Cost, processes: number): SumFacts => ({
  perProcess: cost.perProcess,
  sharedOnceBytes: cost.sharedOnceBytes,
  totalBytes: totalBytes(cost, processes),
  incomplete: cost.incomplete,
});

const ruleFacts = (rule: RuleId, cost: Cost): Rule => ({
  statement: RULES[rule].statement,
  source: ruleSource(rule, cost),
});

/**
 * The report of a file that has no cost.
 *
 * @param program as far as it could be read
 */
export const refusalReport = (
  path: string,
  program: Program | undefined,
  diagnostics: readonly Diagnostic[],
): RefusalReport => ({
  format: FORMAT,
  program: program ? programFacts(program) : { ...UNREAD, path },
  diagnostics: diagnostics.map(diagnosticFacts),
});

const UNREAD: ProgramFacts = {
  path: '',
  format: null,
  class: null,
  machine: null,
  type: null,
  linkage: null,
  libc: null,
  interpreter: null,
  libraries: [],
  missing: [],
};

const programFacts = ({ path, binary, libraries, missing }: Program): ProgramFacts => ({
  path,
  format: binary.format,
  class: binary.class,
  machine: binary.machine,
  type: binary.type,
  linkage: linkageOf(binary),
  libc: null,
  interpreter: binary.interpreter ?? null,
  libraries: libraries.map((library) => ({ name: library.name, path: library.path })),
  missing: missing.map(({ name, reason }) => ({ name, reason })),
});

function linkageOf(binary: Binary): ProgramFacts['linkage'] {
  if (!isLoadable(binary) || isLibrary(binary)) return null;
  return binary.interpreter === undefined ? 'static' : 'dynamic';
}

function pageTableFacts(tables: PageTables): PageTableFacts {
  const count = (name: LevelName) =>
    tables.levels.find((level) => level.name === name)?.tables ?? null;
  const levels = tables.levels.map((level, i) => {
    const { name, entriesUsed, entriesPerTable, tableBytes } = level;
    const meanTables = tables.meanByLevel[i] as number;
    return { name, tables: level.tables, meanTables, entriesUsed, entriesPerTable, tableBytes };
  });
  const { mean, min, max, distribution, usedBytes, bytes } = tables;
  return {
    pte: count('PTE'),
    pmd: count('PMD'),
    pud: count('PUD'),
    p4d: count('P4D'),
    pgd: count('PGD'),
    vmPteBytes: levels
      .slice(0, -1)
      .reduce((sum, { meanTables, tableBytes }) => sum + Math.round(meanTables * tableBytes), 0),
    mean,
    min,
    max,
    distribution,
    usedBytes,
    bytes,
    levels,
  };
}

const rowFacts = (row: Row, pageSize: number): RowFacts => ({
  id: row.id,
  category: row.category,
  label: row.label,
  object: row.object ?? null,
  pages: row.pages ?? null,
  bytes: row.bytes ?? null,
  range: row.range ?? null,
  quality: row.quality,
  rule: row.rule,
  detail: (row.detail ?? reasonsInBrief(row.reasons)) || null,
  reasons: row.reasons.map(({ why, pages }) => ({ why, ...pageFacts(pages, pageSize) })),
});

const diagnosticFacts = ({ code, offset, message }: Diagnostic): DiagnosticFacts => ({
  code,
  offset: offset ?? null,
  message,
});
