import * as l10n from '@vscode/l10n';
import { msg } from '../msg.js';
import { type CLibrary, isMeasuredOn } from '../system/c-library.js';
import { isGo } from '../system/detect.js';
import type { Geometry } from '../system/geometry.js';
import type { System } from '../system/system.js';
import type { Category, Row, TableLevel } from './cost.js';
import { kernelQuality, stackFigure, tableFigures } from './figures.js';
import { holdingsOf } from './holdings.js';
import { variableObjects } from './kernel-objects.js';
import type { Charge } from './mapping.js';
import type { Process } from './process.js';
import type { Program } from './program.js';
import { countedOn, mergeReasons } from './reasons.js';
import { kernelRow, STACK_ROW, sharedRow, TOP_TABLE_ROW, tablesRow } from './row-ids.js';
import { sumQuality } from './sum-quality.js';
import type { TableCounts } from './table-counts.js';
import type { Made, Subject } from './what-if.js';

/**
 * All rows of a process's cost. The known ones of the first three categories sum to it.
 *
 * @param levels the tables as they are drawn
 */
export function ledger({ subject, process, counts }: Made, levels: readonly TableLevel[]): Row[] {
  const { program, system } = subject;
  const { pageSize } = system.geometry;
  const unknown = unknownRows(subject);
  const ofTables = tableRows(counts, levels, system.geometry);
  return [
    ...privateRows(process, pageSize),
    ...unknown,
    ...(unknown.length === 0 ? ofTables : ofTables.map(atLeast)),
    ...kernelRows(program, process, system),
    ...sharedRows(process, pageSize),
    ...missingRows(program, 'shared'),
  ];
}

/** What a process has on pages of its own, nobody here knows how many. */
export const unknownRows = ({ program, system, cLibrary }: Subject): Row[] => [
  ...missingRows(program, 'private'),
  ...unreadRows(program),
  ...runtimeRows(program),
  ...cLibraryRows(cLibrary, system),
];

/** A row for each charge that has pages, in the order the blocks come in. */
function privateRows(process: Process, pageSize: number): Row[] {
  const byRow = new Map<string, { pages: number; charges: Set<Charge> }>();
  for (const { charge, pages } of process.blocks.flatMap((block) => holdingsOf(block).charged)) {
    const row = byRow.get(charge.id) ?? { pages: 0, charges: new Set() };
    row.pages += pages;
    row.charges.add(charge);
    byRow.set(charge.id, row);
  }
  return [...byRow].map(([id, { pages, charges }]) => {
    const charge = asOne([...charges]);
    return id === STACK_ROW
      ? stackRow(charge, process, pageSize)
      : { ...pageRow(charge), pages, bytes: pages * pageSize, quality: charge.quality };
  });
}

/** Charges to one row as one: the pages of all, and the rule of the least sure. */
function asOne(charges: readonly Charge[]): Charge {
  const leastSure = charges.reduce((a, b) => (sumQuality([a, b]) === a.quality ? a : b));
  if (charges.length === 1) return leastSure;
  const reasons = charges.flatMap((charge) => charge.reasons);
  const ofMemory = leastSure.object === undefined;
  return { ...leastSure, reasons: mergeReasons(ofMemory ? countedOn(reasons) : reasons) };
}

const pageRow = (charge: Charge): Row => ({
  ...rowOf(charge, 'private'),
  reasons: charge.reasons,
});

function stackRow(charge: Charge, process: Process, pageSize: number): Row {
  const figure = stackFigure(charge, process, pageSize);
  return {
    ...pageRow(charge),
    // Which pages they are depends on chance where their number does.
    reasons: figure.range ? [] : charge.reasons,
    pages: Math.round(process.stackPages.mean),
    ...figure,
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

/** What a cut or damaged file says of its libraries and relocations, nobody knows. */
function unreadRows({ binary }: Program): Row[] {
  const isUnread = binary.diagnostics.some(
    ({ code }) => code === 'bad-dynamic' || code === 'bad-relocations',
  );
  return isUnread
    ? [unknownRow('private', 'unread', l10n.t('Libraries and relocations that could not be read'))]
    : [];
}

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

function tableRows(counts: TableCounts, levels: readonly TableLevel[], geometry: Geometry): Row[] {
  return tableFigures(counts, geometry).map((figure, i): Row => {
    const level = levels[i] as TableLevel;
    return {
      id: tablesRow(level.name),
      category: 'page-tables',
      label: `${l10n.t(LEVEL_LABEL[level.name])} (${level.name})`,
      pages: Math.round(figure.bytes / geometry.pageSize),
      ...figure,
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
  row.id === TOP_TABLE_ROW ? row : { ...row, range: undefined, quality: 'floor' };

function kernelRows(program: Program, process: Process, system: System): Row[] {
  const { kernel } = system;
  const quality = kernelQuality(system);
  const row = (
    id: string,
    label: string,
    bytes: number,
    rule: Row['rule'],
    detail?: string,
  ): Row => ({
    ...rowOf(
      { id: kernelRow(id), label: l10n.t(label), rule, quality, object: undefined, detail },
      'kernel',
    ),
    bytes,
    quality,
  });
  const fixed = kernel.fixed.map(({ id, label, bytes }) => row(id, label, bytes, 'kernel-fixed'));
  if (kernel.kind === 'partly-known') {
    const { label, why } = kernel.unknown;
    return [...fixed, unknownRow('kernel', kernelRow('unknown'), l10n.t(label), l10n.t(why))];
  }
  const variable = variableObjects(process.blocks, program, kernel).map(({ object, count }) =>
    row(
      object.id,
      object.label,
      count * object.bytes,
      'kernel-regions',
      l10n.t('{0} × {1} bytes', count, object.bytes),
    ),
  );
  return [...fixed, ...variable];
}

/** A row for each object: the pages of its file that stay as they are. */
function sharedRows(process: Process, pageSize: number): Row[] {
  const byObject = new Map<string, number>();
  for (const { object, pages } of process.blocks.flatMap((block) => holdingsOf(block).shared)) {
    byObject.set(object, (byObject.get(object) ?? 0) + pages);
  }
  return [...byObject]
    .filter(([, pages]) => pages > 0)
    .map(([object, pages]) => ({
      ...rowOf(
        {
          id: sharedRow(object),
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
