import * as l10n from '@vscode/l10n';
import type { CLibrary } from '../system/c-library.js';
import type { Area, HeapUse } from './malloc/heap-use.js';
import { anonymous, blockOf } from './mapping.js';
import type { MmapItem } from './mmap-arrangement.js';
import { muslTls } from './musl-loader.js';
import type { Program } from './program.js';
import { coarsen } from './runs.js';

/**
 * Memory for the thread's block and static TLS where musl's bss has no room for it: mapped by itself, or, of a
 * dynamic program, by malloc, which may have it from the end of a data page.
 */
export function muslTlsItems(
  program: Program,
  { id }: CLibrary,
  heap: HeapUse,
  pageSize: number,
): MmapItem[] {
  if (id === 'musl-dynamic') return (heap.tls ?? []).map(item);
  const tls = id === 'musl-static' ? muslTls(program, false) : undefined;
  if (!tls) return [];
  const { bytes, written } = tls;
  const pages = Math.ceil(bytes / pageSize);
  return [item({ pages, guard: 0, written: coarsen(written, pageSize), used: written })];
}

function item(area: Area): MmapItem {
  const label = l10n.t('Thread control block and TLS');
  const charge = { rule: 'loader', quality: 'floor', detail: undefined } as const;
  return {
    block: blockOf([anonymous('tls', label, 'tls', area, charge)]),
    align: 1,
    when: 'later',
  };
}
