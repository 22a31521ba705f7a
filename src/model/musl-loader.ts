import type { Program } from './program.js';
import { roundUp } from './round-up.js';
import { type Runs, run, union } from './runs.js';
import { initialised, staticTls, threadLocal } from './static-tls.js';
import { unusedEnds } from './unused-ends.js';

// musl 1.2.3, 64-bit: src/env/__init_tls.c, ldso/dynlink.c.
const WORD = 8;
const UNIT = 16;
/** sizeof(struct dso), as live processes have it; the path follows. */
const OBJECT = 368;
/** Objects that need no memory for the order of their constructors, the end of it among them (builtin_ctor_queue). */
const BUILT_IN_ORDER = 4;
/** sizeof(struct pthread). */
const THREAD_BLOCK = 200;
/** What struct builtin_tls in the bss has room for besides that. */
const BUILT_IN_TLS = 136;

/** Memory for the thread's block and static TLS: how much, and what of it is written. */
export interface TlsMemory {
  readonly bytes: number;
  readonly written: Runs;
}

/** What the loader gives to malloc, or asks of it. */
export type LoaderStep = { readonly given: number } | { readonly asked: number };

/** What musl's loader does with malloc, in its order, but for what it asks for TLS. */
export function muslLoaderSteps(program: Program, pageSize: number): readonly LoaderStep[] {
  const { binary, interpreter, libraries } = program;
  const given = (of: Program['binary']): LoaderStep[] =>
    unusedEnds(of, pageSize).map(([from, to]) => ({
      given: Math.max(0, to - (to % UNIT) - roundUp(from, UNIT)),
    }));
  const needed = (of: Program['binary']) => of.dynamic?.needed.length ?? 0;
  const list = (entries: number): LoaderStep => ({ asked: WORD * (entries + 1) });
  const inOrder = libraries.length + 3; // the program, the loader, the vdso
  return [
    ...given(binary),
    ...(interpreter ? given(interpreter.binary) : []),
    ...(needed(binary) > 1 ? [list(needed(binary))] : []),
    ...libraries.flatMap(({ binary: library, path, openedAs = path }) => [
      ...given(library),
      { asked: OBJECT + new TextEncoder().encode(openedAs).length + 1 },
      list(needed(library)),
    ]),
    ...(inOrder < BUILT_IN_ORDER ? [] : [list(inOrder)]),
  ];
}

/**
 * Memory for the thread's block and the static TLS of all objects, where that is more than musl has room for
 * in its bss. Written are the vector at its begin, the parts that files have, and the thread's block at its end.
 */
export function muslTls(program: Program, isDynamic: boolean): TlsMemory | undefined {
  const objects = [program.binary, ...program.libraries.map(({ binary }) => binary)];
  const modules = objects.map(threadLocal).filter((module) => module !== undefined);
  if (modules.length === 0) return undefined;
  const { offsets, used, align } = staticTls(modules, WORD);
  const bytes = isDynamic
    ? roundUp(WORD * (1 + modules.length) + used + THREAD_BLOCK + 2 * align, align)
    : roundUp(2 * WORD + used + align + THREAD_BLOCK, WORD);
  if (bytes <= BUILT_IN_TLS + THREAD_BLOCK) return undefined;
  const thread = bytes - THREAD_BLOCK - ((bytes - THREAD_BLOCK) % align);
  const images = modules.map((module, i) =>
    run(thread - (offsets[i] as number), initialised(module)),
  );
  return { bytes, written: union(run(0, WORD), run(thread, THREAD_BLOCK), ...images) };
}
