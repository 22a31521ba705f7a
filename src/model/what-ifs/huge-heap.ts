import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import type { Block, Mapping } from '../mapping.js';
import type { Process } from '../process.js';
import { roundUp } from '../round-up.js';
import { HEAP_ROW } from '../row-ids.js';
import { NO_RUNS, run } from '../runs.js';
import type { Subject, WhatIf } from '../what-if.js';
import { withMappings } from './remade.js';

/** Bytes that an entry of the level above the lowest one maps, where this what-if applies. */
const HUGE = 2 ** 21;

export const hugeHeap: WhatIf = {
  id: 'huge-heap',
  title: msg('A heap of huge pages'),
  origin: 'today',
  change: msg(
    'malloc takes pages of 2 MiB, which need no table of the lowest level. (Transparent ones, hugetlb=1, change nothing for a heap below 2 MiB: no whole one fits.)',
  ),
  price: msg(
    'Dearer for small heaps, by nearly all of a huge page each; the pages are set aside when the system starts, and are of no other use.',
  ),
  nothing: msg('It asks malloc for nothing.'),
  howTo: {
    text: msg('So many pages set aside by the system, and a setting of glibc’s.'),
    snippet: 'sysctl vm.nr_hugepages=10000\nGLIBC_TUNABLES=glibc.malloc.hugetlb=2 ./program',
  },
  source: msg('glibc 2.35 malloc/malloc.c (mp_.hp_pagesize); measured with 2.36'),
  excludes: ['pages-16k', 'pages-64k'],
  obstacle({ system: { geometry, addressSpace }, cLibrary }) {
    if (addressSpace.kind !== 'linux' || geometry.levels[0]?.coverBits !== 21) {
      return l10n.t('Only where a huge page has 2 MiB, on Linux.');
    }
    if (cLibrary.id === 'glibc-static')
      return l10n.t('With glibc linked statically it was not measured.');
    return cLibrary.allocator === 'glibc'
      ? undefined
      : l10n.t('Only glibc’s malloc can be told to.');
  },
  layout: (process: Process, { system }: Subject): Process =>
    withMappings(
      process,
      system.geometry,
      (mapping) => (isHeap(mapping) ? huge(mapping, system.geometry.pageSize) : mapping),
      (block) => (block.mappings.some(isHeap) ? withoutTables(block) : block),
    ),
};

const isHeap = ({ id }: Mapping): boolean => id === HEAP_ROW;

/** Entries of the level above the lowest map a huge page. */
const withoutTables = (block: Block): Block => ({
  ...block,
  pages: Math.max(...block.mappings.map((m) => m.start + m.pages)),
  resident: NO_RUNS,
  residentLeast: NO_RUNS,
  residentMost: undefined,
});

/** All of a huge page is there once any of it is. */
function huge(mapping: Mapping, pageSize: number): Mapping {
  const each = HUGE / pageSize;
  const pages = roundUp(mapping.pages, each);
  const all = mapping.private.length > 0 ? run(mapping.start, pages) : NO_RUNS;
  const { charge } = mapping;
  return {
    ...mapping,
    label: l10n.t('{0}, in huge pages', mapping.label),
    pages,
    resident: all,
    residentLeast: all,
    private: all,
    charge: charge && { ...charge, reasons: [{ why: 'written', pages: all, of: pages }] },
  };
}
