import { spawnSync } from 'node:child_process';

/** What a dynamic loader says it would load, in its order; names of those not found are apart. */
export interface LoaderList {
  readonly libraries: readonly string[];
  readonly missing: readonly string[];
}

/** Asks the dynamic loader itself, as ldd does; it runs no code of the program. */
export function loaderList(loader: string, program: string): LoaderList {
  // glibc's --list gives up where a library is missing; musl knows only that.
  const list = loader.includes('musl') ? ['--list'] : [];
  const { stdout, stderr } = spawnSync(loader, [...list, program], {
    encoding: 'utf8',
    env: { LD_TRACE_LOADED_OBJECTS: '1' },
  });
  const libraries: string[] = [];
  const missing: string[] = [];
  for (const line of stdout.split('\n')) {
    const found = /^\t(?:.* => )?(\/.*) \(0x[0-9a-f]+\)$/.exec(line)?.[1];
    const absent = /^\t(.*) => not found$/.exec(line)?.[1];
    if (found !== undefined && found !== loader) libraries.push(found);
    if (absent !== undefined) missing.push(absent);
  }
  for (const [, name] of stderr.matchAll(/Error loading shared library (.*?): /g)) {
    missing.push(name as string);
  }
  return { libraries, missing: [...new Set(missing)] };
}
