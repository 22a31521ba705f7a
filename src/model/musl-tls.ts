import * as l10n from '@vscode/l10n';
import type { CLibrary } from '../system/c-library.js';
import { startedMallocng } from './malloc/musl.js';
import { anonymous, blockOf } from './mapping.js';
import type { MmapItem } from './mmap-arrangement.js';
import { muslLoaderSteps, muslTls } from './musl-loader.js';
import type { Program } from './program.js';
import { coarsen, type Runs } from './runs.js';

/**
 * Memory for the thread's block and static TLS where musl's bss has no room for it: mapped by itself, or, of a
 * dynamic program, by malloc, which may have it from the end of a data page.
 */
export function muslTlsItems(program: Program, { id }: CLibrary, pageSize: number): MmapItem[] {
  const isDynamic = id === 'musl-dynamic';
  if (!isDynamic && id !== 'musl-static') return [];
  const tls = muslTls(program, isDynamic);
  if (!tls) return [];
  if (!isDynamic) {
    return [item(Math.ceil(tls.bytes / pageSize), coarsen(tls.written, pageSize), tls.written)];
  }
  const malloc = startedMallocng(muslLoaderSteps(program, pageSize), pageSize);
  const before = malloc.mapped().length;
  malloc.malloc(tls.bytes, tls.written);
  return malloc
    .mapped()
    .slice(before)
    .map(({ pages, written, used }) => item(pages, written, used));
}

function item(pages: number, written: Runs, used: Runs): MmapItem {
  const label = l10n.t('Thread control block and TLS');
  const area = { pages, guard: 0, written, used };
  const charge = { rule: 'loader', quality: 'floor', detail: undefined } as const;
  return {
    block: blockOf([anonymous('tls', label, 'tls', area, charge)]),
    align: 1,
    when: 'later',
  };
}
