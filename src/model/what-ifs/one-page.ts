import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import { pagesPerTable } from '../../system/geometry.js';
import type { Placed } from '../mapping.js';
import { asOnePart } from '../process.js';
import { PROGRAM_PREFIX } from '../row-ids.js';
import type { WhatIf } from '../what-if.js';
import { besideStack, noneBesideStack } from './beside-stack.js';
import { THREAD } from './thread.js';

export const onePage: WhatIf = {
  id: 'one-page',
  title: msg('Stack, data, code and heap side by side'),
  origin: 'june-2003',
  change: msg(
    'Data and bss lie on the stack’s page, code right above them, then the heap: one table of the lowest level maps all of a small program.',
  ),
  price: msg(
    'That of data-beside-stack; and a heap that may grow without limit leaves no room above it for anything else.',
  ),
  nothing: msg('It is as close together as it is.'),
  howTo: undefined,
  get source() {
    return l10n.t('{0}, 24 June', l10n.t(THREAD));
  },
  excludes: ['data-beside-stack', 'data-executable', 'link-beside-stack'],
  obstacle: (subject) => {
    const { binary, interpreter } = subject.program;
    return interpreter || binary.interpreter !== undefined
      ? l10n.t('It is not static: its libraries have pages and tables elsewhere.')
      : noneBesideStack(subject);
  },
  subject: besideStack,
  layout: (process, { system: { geometry } }) => {
    const perTable = pagesPerTable(geometry);
    const part = asOnePart(process, perTable, (placed) => sideBySide(placed, perTable));
    return { ...process, parts: [part] };
  },
};

/** The blocks from the begin of the table on that maps the program, or from as far below as they need. */
function sideBySide(placed: readonly Placed[], perTable: number): readonly Placed[] {
  const pages = placed.reduce((sum, { block }) => sum + block.pages, 0);
  const end = Math.max(...placed.map(({ block, base }) => base + block.pages));
  const program = placed.find((p) => rank(p) === PROGRAM)?.base ?? 0;
  const highest = Math.min(program, end - pages);
  let next = highest - (highest % perTable);
  return [...placed]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ block }) => {
      const base = next;
      next += block.pages;
      return { block, base };
    });
}

const PROGRAM = 1;

/** The stack grows down from the lowest place, the heap up from the highest. */
function rank({ block }: Placed): number {
  const first = block.mappings[0];
  if (first?.kind === 'stack') return 0;
  if (first?.id.startsWith(PROGRAM_PREFIX)) return PROGRAM;
  return first?.kind === 'heap' ? 3 : 2;
}
