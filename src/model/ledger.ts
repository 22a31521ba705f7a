import * as l10n from '@vscode/l10n';
import { msg } from '../msg.js';
import { type CLibrary, isMeasuredOn } from '../system/c-library.js';
import { isGo } from '../system/detect.js';
import type { Geometry } from '../system/geometry.js';
import type { System } from '../system/system.js';
import type { Category, Row } from './cost.js';
import { variableObjects } from './kernel-objects.js';
import type { Charge, Mapping } from './mapping.js';
import type { TableEstimate } from './page-tables.js';
import type { Process } from './process.js';
import type { Program } from './program.js';
import { mergeReasons } from './reasons.js';
import { count, subtract } from './runs.js';
import { sumQuality } from './sum-quality.js';
import type { Subject } from './what-if.js';

/** All rows of a process's cost. The known ones of the first three categories sum to it. */
export function ledger(
  { program, system, cLibrary }: Subject,
  process: Process,
  tables: TableEstimate,
): Row[] {
  const { pageSize } = system.geometry;
  const own = [
    ...privateRows(process, pageSize),
    ...missingRows(program, 'private'),
    ...runtimeRows(program),
    ...cLibraryRows(cLibrary, system),
  ];
  const allKnown = own.every(({ bytes }) => bytes !== undefined);
  const ofTables = tableRows(tables, system.geometry);
  return [
    ...own,
    ...(allKnown ? ofTables : ofTables.map(atLeast)),
    ...kernelRows(program, process, system),
    ...sharedRows(process, pageSize),
    ...missingRows(program, 'shared'),
  ];
}

/** A row for each charge that has pages, in the order the mappings come in. */
function privateRows(process: Process, pageSize: number): Row[] {
  const byRow = new Map<string, { pages: number; charges: Set<Charge> }>();
  for (const { charge, private: pages } of process.mappings) {
    if (!charge || pages.length === 0) continue;
    const row = byRow.get(charge.id) ?? { pages: 0, charges: new Set() };
    row.pages += count(pages);
    row.charges.add(charge); // parts of a split region have one and the same
    byRow.set(charge.id, row);
  }
  return [...byRow].map(([id, { pages, charges }]) => {
    const charge = joined([...charges]);
    return id === 'stack'
      ? stackRow(charge, process, pageSize)
      : { ...pageRow(charge), pages, bytes: pages * pageSize, quality: charge.quality };
  });
}

/** Charges to one row as one: the pages of all, and the rule of the least sure. */
const joined = (charges: readonly Charge[]): Charge =>
  charges.length === 1
    ? (charges[0] as Charge)
    : {
        ...charges.reduce((a, b) => (sumQuality([a, b]) === a.quality ? a : b)),
        reasons: mergeReasons(charges.flatMap(({ reasons }) => reasons)),
      };

const pageRow = (charge: Charge): Row => ({
  ...rowOf(charge, 'private'),
  reasons: charge.reasons,
});

function stackRow(charge: Charge, { stackPages }: Process, pageSize: number): Row {
  const { mean, min, max } = stackPages;
  return {
    ...pageRow(charge),
    // Which pages they are depends on chance where their number does.
    reasons: min < max ? [] : charge.reasons,
    pages: Math.round(mean),
    bytes: Math.round(mean * pageSize),
    range: min < max ? { min: min * pageSize, max: max * pageSize } : undefined,
    quality: min < max ? 'range' : charge.quality,
  };
}

/** What row and charge have in common; the rest unknown. */
const rowOf = (
  { id, label, rule, object, detail }: Omit<Charge, 'reasons'>,
  category: Category,
): Row => ({
  id,
  category,
  label,
  pages: undefined,
  bytes: undefined,
  range: undefined,
  quality: 'unknown',
  rule,
  object,
  reasons: [],
  detail,
});

const missingRows = (program: Program, category: 'private' | 'shared'): Row[] =>
  program.missing.map(({ name, reason }) =>
    rowOf(
      {
        id: `missing:${category}:${name}`,
        label: l10n.t('{0}: not found', name),
        rule: 'missing',
        quality: 'unknown',
        object: name,
        detail: reason,
      },
      category,
    ),
  );

/** A Go program brings a runtime along whose heap, stacks and threads nobody here has measured. */
const runtimeRows = ({ binary }: Program): Row[] =>
  isGo(binary)
    ? [unknownRow('private', 'runtime:go', l10n.t('Go’s runtime: arenas, stacks, threads'))]
    : [];

/** What a C library writes on a machine where nobody has measured it. */
function cLibraryRows(cLibrary: CLibrary, { machine }: System): Row[] {
  if (isMeasuredOn(cLibrary, machine)) return [];
  const why = l10n.t(
    'What {0}, writes itself was measured on {1} only.',
    l10n.t(cLibrary.name),
    String(cLibrary.measuredOn),
  );
  // Two libraries of which that is so are two things that are not known.
  return [
    unknownRow('private', `c-library:${cLibrary.id}`, l10n.t('The C library’s own pages'), why),
  ];
}

/** Something that exists, of a size nobody here knows. */
export const unknownRow = (category: Category, id: string, label: string, detail?: string): Row =>
  rowOf({ id, label, rule: 'not-known', quality: 'unknown', object: undefined, detail }, category);

const LEVEL_LABEL = {
  PTE: msg('Page tables of the lowest level'),
  PMD: msg('Page middle directories'),
  PUD: msg('Page upper directories'),
  P4D: msg('Page 4th-level directories'),
  PGD: msg('Top table'),
} as const;

function tableRows({ tables, rangeByLevel }: TableEstimate, geometry: Geometry): Row[] {
  return tables.levels.map((level, i): Row => {
    const mean = tables.meanByLevel[i] as number;
    const { min, max } = rangeByLevel[i] as { min: number; max: number };
    const bytes = Math.round(mean * level.tableBytes);
    return {
      id: `tables:${level.name.toLowerCase()}`,
      category: 'page-tables',
      label: `${l10n.t(LEVEL_LABEL[level.name])} (${level.name})`,
      pages: Math.round(bytes / geometry.pageSize),
      bytes,
      range: min < max ? { min: min * level.tableBytes, max: max * level.tableBytes } : undefined,
      quality: min < max ? 'range' : 'exact',
      rule: 'tables',
      object: undefined,
      reasons: [],
      detail: l10n.t(
        '{0} of {1} entries used',
        level.entriesUsed,
        level.tables * level.entriesPerTable,
      ),
    };
  });
}

/** Tables of a process of which not all pages are known: those may need further ones, but the top one. */
const atLeast = (row: Row): Row =>
  row.id === 'tables:pgd' ? row : { ...row, range: undefined, quality: 'floor' };

function kernelRows(program: Program, process: Process, { kernel }: System): Row[] {
  // Pages are wired in whole numbers; what a slab allocator really takes can only be measured.
  const quality = kernel.kind === 'partly-known' ? 'exact' : 'measured';
  const row = (
    id: string,
    label: string,
    bytes: number,
    rule: Row['rule'],
    detail?: string,
  ): Row => ({
    ...rowOf(
      { id: `kernel:${id}`, label: l10n.t(label), rule, quality, object: undefined, detail },
      'kernel',
    ),
    bytes,
    quality,
  });
  const fixed = kernel.fixed.map(({ id, label, bytes }) => row(id, label, bytes, 'kernel-fixed'));
  if (kernel.kind === 'partly-known') {
    const { label, why } = kernel.unknown;
    return [...fixed, unknownRow('kernel', 'kernel:unknown', l10n.t(label), l10n.t(why))];
  }
  const files = 1 + (program.interpreter ? 1 : 0) + program.libraries.length;
  const variable = variableObjects(process.mappings, files, kernel).map((object) =>
    row(
      object.id,
      object.label,
      object.count * object.bytes,
      'kernel-regions',
      l10n.t('{0} × {1} bytes', object.count, object.bytes),
    ),
  );
  return [...fixed, ...variable];
}

/** A row for each object: the pages of its file that stay as they are. */
function sharedRows(process: Process, pageSize: number): Row[] {
  const byObject = new Map<string, number>();
  for (const mapping of process.mappings) {
    if (mapping.object === undefined) continue;
    const pages = byObject.get(mapping.object) ?? 0;
    byObject.set(mapping.object, pages + count(shared(mapping)));
  }
  return [...byObject]
    .filter(([, pages]) => pages > 0)
    .map(([object, pages]) => ({
      ...rowOf(
        {
          id: `shared:${object}`,
          label: l10n.t('{0}: file pages', object),
          rule: 'shared-file',
          quality: 'range',
          object,
          detail: undefined,
        },
        'shared',
      ),
      pages,
      bytes: pages * pageSize,
      range: pages > 1 ? { min: pageSize, max: pages * pageSize } : undefined,
      quality: pages > 1 ? 'range' : 'floor',
    }));
}

/** Resident pages of a mapping that other processes of the program have, too. */
export const shared = (mapping: Mapping) => subtract(mapping.resident, mapping.private);
