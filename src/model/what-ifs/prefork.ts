import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import { type CLibraryId, isMeasuredOn } from '../../system/c-library.js';
import type { Row } from '../cost.js';
import type { Mapping } from '../mapping.js';
import { mappingsOf, type Process } from '../process.js';
import { isCLibrary } from '../program.js';
import { kernelRow } from '../row-ids.js';
import { count, eachRun, NO_RUNS, type Runs, run, union } from '../runs.js';
import type { Made, Subject, WhatIf } from '../what-if.js';
import { withMappings } from './remade.js';

/**
 * Pages that a child writes which does nothing, by what they are of; the rest it has in common with
 * the process it was forked from. Measured: Linux 6.18, x86-64, glibc 2.36, musl 1.2.3.
 */
const WRITTEN: Partial<Record<CLibraryId, Readonly<Record<string, number>>>> = {
  'glibc-dynamic': { 'program data': 1, 'library bss': 1, 'interpreter data': 2, tls: 2, stack: 1 },
  'glibc-static': { 'program data': 1, 'program bss': 2, heap: 1, stack: 1 },
  'musl-dynamic': { 'interpreter data': 1, 'interpreter bss': 1, stack: 1 },
  'musl-static': { 'program data': 1, stack: 1 },
};

export const prefork: WhatIf = {
  id: 'prefork',
  title: msg('Forked from a zygote'),
  origin: 'today',
  change: msg(
    'Processes are copies of one that is started and ready: what they do not write they share with it. Page tables are copied, and saved nothing of.',
  ),
  price: msg(
    'All have the same addresses, so that who finds out those of one knows those of all. What a child writes later it has for itself.',
  ),
  nothing: msg('A child writes all the pages that a process of its own has.'),
  howTo: {
    text: msg('The program forks when it is ready, as prefork servers do, and does not call exec.'),
    snippet: undefined,
  },
  source: msg('Linux kernel/fork.c; the pages a child writes, measured as named beside them'),
  // What a child writes was measured with its data in pages of their own, and of 4 KiB.
  excludes: ['data-beside-stack', 'one-page', 'huge-heap'],
  obstacle({ system, cLibrary }) {
    if (system.addressSpace.kind !== 'linux') return l10n.t('Only for programs for Linux.');
    return WRITTEN[cLibrary.id] && isMeasuredOn(cLibrary, system.machine)
      ? undefined
      : l10n.t('What a child writes with this C library was not measured on this machine.');
  },
  layout(process: Process, { cLibrary, system }: Subject): Process {
    const written = WRITTEN[cLibrary.id] ?? {};
    return {
      ...withMappings(process, system.geometry, (mapping) => forked(mapping, written)),
      stackPages: { mean: 1, min: 1, max: 1 },
    };
  },
  rows: (rows, made) => [...rows.map(ofChild), zygoteRow(rows, made)],
};

function forked(mapping: Mapping, written: Readonly<Record<string, number>>): Mapping {
  const { charge, private: own } = mapping;
  if (!charge) return mapping;
  const pages = mapping.writable ? firstOf(own, written[partOf(mapping)] ?? 0) : NO_RUNS;
  // By place they are not known, only how many there are.
  return { ...mapping, private: pages, charge: { ...charge, reasons: [], quality: 'floor' } };
}

/** "program data", "tls": of libraries, only the C library's own has a part here. */
function partOf({ kind, origin, object }: Mapping): string {
  if (kind !== 'data' && kind !== 'bss') return kind;
  const role = origin.split(':')[0];
  return role === 'library' && !isCLibrary(object ?? '') ? 'other' : `${role} ${kind}`;
}

/** The first `most` numbers of a set. */
function firstOf(runs: Runs, most: number): Runs {
  let left = most;
  const parts: Runs[] = [];
  eachRun(runs, (start, end) => {
    const taken = Math.min(left, end - start);
    parts.push(run(start, taken));
    left -= taken;
  });
  return union(...parts);
}

/** A child's regions keep their ties to the zygote's, which are not counted. */
const ofChild = (row: Row): Row =>
  row.id.startsWith(kernelRow('anon-vma')) ? { ...row, quality: 'floor' } : row;

/** What the zygote has that is no file's and no child's: its own copies, its tables, its kernel objects. */
function zygoteRow(rows: readonly Row[], { subject, process }: Made): Row {
  const { pageSize } = subject.system.geometry;
  const pages = mappingsOf(process)
    .filter(({ charge, writable }) => charge && writable)
    .reduce((sum, m) => sum + count(m.object === undefined ? m.resident : m.private), 0);
  const kept = rows
    .filter(({ category }) => category === 'page-tables' || category === 'kernel')
    .reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  return {
    id: 'shared:zygote',
    category: 'shared',
    label: l10n.t('The zygote itself'),
    pages: undefined,
    bytes: pages * pageSize + kept,
    range: undefined,
    quality: 'floor',
    rule: 'forked',
    object: undefined,
    reasons: [],
    detail: l10n.t('its copies of written pages, its tables, its kernel objects'),
  };
}
