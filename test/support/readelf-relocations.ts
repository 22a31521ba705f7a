import { spawnSync } from 'node:child_process';
import type { PageSet } from '../../src/binary/binary.js';

/** What readelf says of a dynamic object, beyond its headers. */
export interface ReadelfDynamic {
  readonly needed: readonly string[];
  readonly soname: string | undefined;
  readonly rpath: string | undefined;
  readonly runpath: string | undefined;
  readonly pie: boolean;
  /** N of the highest GLIBC_2.N among the versions it defines, and among those it needs. */
  readonly glibcDefined: number | undefined;
  readonly glibcNeeded: number | undefined;
  /** The highest index of any version. */
  readonly versionIndex: number | undefined;
  /** Unique symbols that relocations other than those of functions refer to. */
  readonly uniqueReferences: number;
  /** Of x86-64: more than one function in DT_INIT_ARRAY, or, in .init, more than the start files' code. */
  readonly hasInitialisers: boolean;
  /** The pages that its relocations write to. */
  readonly relocated: PageSet;
  /** The pages that others than relative ones write to. */
  readonly relocatedWhenFixed: PageSet;
}

/** Runs readelf on a dynamic object; throws where there is no readelf. */
export function readelfDynamic(path: string): ReadelfDynamic {
  const lines = run(['-dW', path]);
  const bracketed = (tag: string) =>
    lines.flatMap((line) => new RegExp(`\\(${tag}\\).*: \\[(.*)\\]$`).exec(line)?.[1] ?? []);
  return {
    needed: bracketed('NEEDED'),
    soname: bracketed('SONAME')[0],
    rpath: bracketed('RPATH')[0],
    runpath: bracketed('RUNPATH')[0],
    pie: lines.some((line) => /\(FLAGS_1\).*\bPIE\b/.test(line)),
    ...symbolVersions(path),
    uniqueReferences: uniqueReferences(path),
    hasInitialisers: hasInitialisers(lines, path),
    ...relocatedPages(path),
  };
}

function symbolVersions(
  path: string,
): Pick<ReadelfDynamic, 'glibcDefined' | 'glibcNeeded' | 'versionIndex'> {
  const highest: Record<string, number> = {};
  const raise = (key: string, value: string | undefined) => {
    if (value !== undefined) highest[key] = Math.max(highest[key] ?? 0, Number(value));
  };
  let section = '';
  for (const line of run(['-VW', path])) {
    section = /^Version (definition|needs) section/.exec(line)?.[1] ?? section;
    raise(section, /Name: GLIBC_2\.(\d+)(?: |$)/.exec(line)?.[1]);
    raise(
      'index',
      /Flags: \S+ +Index: (\d+)|Name: .* Version: (\d+)$/.exec(line)?.slice(1).join(''),
    );
  }
  const { definition, needs, index } = highest;
  return { glibcDefined: definition, glibcNeeded: needs, versionIndex: index };
}

function hasInitialisers(dynamic: readonly string[], path: string): boolean {
  const array = dynamic.map((line) => /\(INIT_ARRAYSZ\) +(\d+) /.exec(line)?.[1]).find(Boolean);
  const init = run(['-SW', path])
    .map((line) => /\] \.init +PROGBITS +\w+ \w+ (\w+)/.exec(line)?.[1])
    .find(Boolean);
  if (init !== undefined && Number.parseInt(init, 16) > 27) return true;
  if (array !== undefined) return Number(array) > 8;
  return init === undefined && dynamic.some((line) => line.includes('(INIT)'));
}

function uniqueReferences(path: string): number {
  const unique = run(['-W', '--dyn-syms', path])
    .filter((line) => / UNIQUE /.test(line))
    .map((line) => Number.parseInt(line, 10));
  let section = '';
  const referred = new Set<number>();
  for (const line of run(['-rW', path])) {
    section = /^Relocation section '([^']+)'/.exec(line)?.[1] ?? section;
    const symbol =
      section === '.rela.dyn' && /^[\da-f]{16} +([\da-f]{8})[\da-f]{8} /.exec(line)?.[1];
    if (symbol) referred.add(Number.parseInt(symbol, 16));
  }
  return unique.filter((symbol) => referred.has(symbol)).length;
}

/** One by one, address by address: slow, and hard to get wrong. */
function relocatedPages(path: string): Pick<ReadelfDynamic, 'relocated' | 'relocatedWhenFixed'> {
  const all = new Set<number>();
  const whenFixed = new Set<number>();
  const write = (address: number, bytes: number, relative: boolean) => {
    for (let page = Math.floor(address / 4096); page * 4096 < address + bytes; page++) {
      all.add(page);
      if (!relative) whenFixed.add(page);
    }
  };
  let sizes: ReadonlyMap<string, number> | undefined;
  for (const line of run(['-rW', path])) {
    // RELR targets, decoded by readelf, stand alone on their lines.
    const relr = /^([0-9a-f]{8,16})$/.exec(line)?.[1];
    if (relr !== undefined) write(Number.parseInt(relr, 16), 1, true);
    const [, address, type, symbol] =
      /^([0-9a-f]{8,16}) +[0-9a-f]+ (R_\w+)(?: +[0-9a-f]+ +(\S+))?/.exec(line) ?? [];
    if (address === undefined || type === undefined || type.endsWith('_NONE')) continue;
    sizes ??= type.endsWith('_COPY') ? symbolSizes(path) : undefined;
    const size = type.endsWith('_COPY') ? sizes?.get(nameOf(symbol)) : 1;
    write(Number.parseInt(address, 16), size || 1, type.endsWith('_RELATIVE'));
  }
  return { relocated: runsOf(all), relocatedWhenFixed: runsOf(whenFixed) };
}

function runsOf(pages: ReadonlySet<number>): PageSet {
  const runs: number[] = [];
  for (const page of [...pages].sort((a, b) => a - b)) {
    if (runs.at(-1) === page) runs.pop();
    else runs.push(page);
    runs.push(page + 1);
  }
  return runs;
}

/** Sizes by name, of the dynamic symbols. */
function symbolSizes(path: string): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const line of run(['--dyn-syms', '-W', path])) {
    const row = /^ *\d+: [0-9a-f]+ +(\d+|0x[0-9a-f]+) \w+ +\w+ +\w+ +\S+ (\S+)/.exec(line);
    if (row) sizes.set(nameOf(row[2]), Number(row[1]));
  }
  return sizes;
}

const nameOf = (symbol = '') => symbol.replace(/@.*/, '');

function run(args: readonly string[]): string[] {
  const { stdout, error } = spawnSync('readelf', args, {
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 1 << 30,
  });
  if (error) throw error;
  return stdout.toString('utf8').split('\n');
}
