import * as l10n from '@vscode/l10n';
import type { CLibrary } from '../system/c-library.js';
import { slackAfterBss } from './load-segments.js';
import { anonymous, blockOf } from './mapping.js';
import type { MmapItem } from './mmap-arrangement.js';
import type { Program } from './program.js';
import { roundUp } from './round-up.js';
import { coarsen, type Runs, run, union } from './runs.js';
import { initialised, staticTls, threadLocal } from './static-tls.js';

// musl 1.2.3, 64-bit: src/env/__init_tls.c, ldso/dynlink.c.
const WORD = 8;
/** sizeof(struct pthread). */
const THREAD_BLOCK = 200;
/** What struct builtin_tls in the bss has room for besides that. */
const BUILT_IN = 136;
/** The largest class of malloc that is found at the end of a page given to it, with what it keeps of each. */
const LARGEST_DONATED = 2032;
const IN_BAND = 4;

/**
 * Memory for the thread's block and the static TLS of all objects, where that is more than musl has room for
 * in its bss: mapped by itself, or, of a dynamic program, by malloc. Written are the vector at its begin, the
 * parts that files have, and the thread's block at its end.
 */
export function muslTlsItems(program: Program, { id }: CLibrary, pageSize: number): MmapItem[] {
  const dynamic = id === 'musl-dynamic';
  if (!dynamic && id !== 'musl-static') return [];
  const objects = [program.binary, ...program.libraries.map(({ binary }) => binary)];
  const modules = objects.map(threadLocal).filter((module) => module !== undefined);
  const { offsets, used, align } = staticTls(modules, WORD);
  const bytes = dynamic
    ? roundUp(WORD * (1 + modules.length) + used + THREAD_BLOCK + 2 * align, align)
    : roundUp(2 * WORD + used + align + THREAD_BLOCK, WORD);
  if (modules.length === 0 || bytes <= BUILT_IN + THREAD_BLOCK) return [];
  if (dynamic && bytes + IN_BAND <= LARGEST_DONATED && hasDonated(program, pageSize)) return [];
  const thread = bytes - THREAD_BLOCK - ((bytes - THREAD_BLOCK) % align);
  const images = modules.map((module, i) =>
    run(thread - (offsets[i] as number), initialised(module)),
  );
  const written = union(run(0, WORD), run(thread, THREAD_BLOCK), ...images);
  return [item(Math.ceil((bytes + (dynamic ? IN_BAND : 0)) / pageSize), written, pageSize)];
}

/** Whether the end of the program's last page, or the loader's, is given to malloc and large enough. */
const hasDonated = ({ binary, interpreter }: Program, pageSize: number): boolean =>
  [binary, interpreter?.binary].some(
    (object) => object && slackAfterBss(object, pageSize) >= LARGEST_DONATED,
  );

function item(pages: number, bytes: Runs, pageSize: number): MmapItem {
  const label = l10n.t('Thread control block and TLS');
  const area = { pages, guard: 0, written: coarsen(bytes, pageSize), used: bytes };
  const charge = { rule: 'loader', quality: 'floor', detail: undefined } as const;
  return {
    block: blockOf([anonymous('tls', label, 'tls', area, charge)]),
    align: 1,
    when: 'later',
  };
}
