import * as l10n from '@vscode/l10n';
import { type Binary, PT } from '../binary/binary.js';
import type { CLibrary, LoaderMapping } from '../system/c-library.js';
import { anonymous, blockOf, type Mapping, reserved } from './mapping.js';
import type { MmapItem } from './mmap-area.js';
import { type Loading, objectMappings, unmappedWithin } from './object.js';
import { fileName, type Program } from './program.js';
import { remembered } from './remembered.js';
import { eachRun, NO_RUNS, run } from './runs.js';

/** The dynamic loader itself, which the kernel maps; none for a static program. */
export function interpreterItem(
  { interpreter }: Program,
  cLibrary: CLibrary,
  pageSize: number,
): MmapItem[] {
  if (!interpreter) return [];
  return [loadedByKernel(interpreter.binary, cLibrary, fileName(interpreter.name), pageSize)];
}

const loadedByKernel = remembered(
  (binary: Binary, cLibrary: CLibrary, name: string, pageSize: number): MmapItem => {
    const block = blockOf(objectMappings(binary, loading(name, 'interpreter', cLibrary, pageSize)));
    return { block, align: 1, when: 'start' };
  },
);

/** What the dynamic loader maps, in its order. */
export function loaderItems(
  program: Program,
  cLibrary: CLibrary,
  pageSize: number,
  hugeAlign: number | undefined,
): MmapItem[] {
  if (!program.interpreter) return [];
  const own = (id: LoaderMapping['id']) =>
    cLibrary.loaderMappings
      .filter((mapping) => mapping.id === id)
      .map((mapping) => loaderItem(mapping, program, pageSize));
  return [
    ...own('loader-malloc'),
    ...cacheItem(program, pageSize),
    ...program.libraries.map(({ name, binary }) =>
      libraryItem(binary, cLibrary, name, pageSize, hugeAlign),
    ),
    ...own('tls'),
  ];
}

/** ld.so.cache is mapped before the first library and unmapped after the last. */
function cacheItem({ loaderCacheBytes, libraries }: Program, pageSize: number): MmapItem[] {
  if (!loaderCacheBytes || libraries.length === 0) return [];
  return [cacheOf(Math.ceil(loaderCacheBytes / pageSize))];
}

const cacheOf = remembered((pages: number): MmapItem => {
  const block = blockOf([reserved('ld.so.cache', 'ld.so.cache', 0, pages)]);
  return { block, align: 1, when: 'until-start' };
});

/** Programs of one system have most of their libraries in common. */
const libraryItem = remembered(
  (
    binary: Binary,
    cLibrary: CLibrary,
    name: string,
    pageSize: number,
    hugeAlign: number | undefined,
  ): MmapItem => {
    const mappings = objectMappings(binary, loading(name, 'library', cLibrary, pageSize));
    // The loader maps the whole span and takes access away between segments.
    const holes: Mapping[] = [];
    eachRun(unmappedWithin(mappings), (start, end) => {
      const id = `library:${name}:hole-${start}`;
      holes.push({
        ...reserved(id, l10n.t('{0}: no access', name), start, end - start),
        object: name,
      });
    });
    const block = blockOf([...mappings, ...holes]);
    const huge = hugeAlign !== undefined && block.pages >= hugeAlign;
    return { block, align: huge ? hugeAlign : 1, when: 'start' };
  },
);

function loaderItem(mapping: LoaderMapping, program: Program, pageSize: number): MmapItem {
  // TLS of more than the C library's own takes further pages, written when they are initialised.
  const more = mapping.id === 'tls' ? Math.floor(threadLocalBytes(program) / pageSize) : 0;
  const several = program.libraries.length > 1 ? mapping.writtenWithLibraries : undefined;
  return ownItem(mapping, more, more + (several ?? mapping.written));
}

const ownItem = remembered((mapping: LoaderMapping, more: number, written: number): MmapItem => {
  const area = { pages: mapping.pages + more, guard: 0, written: run(0, written), used: NO_RUNS };
  const kind = mapping.id === 'tls' ? 'tls' : 'loader';
  const region = anonymous(mapping.id, l10n.t(mapping.label), kind, area, {
    rule: 'loader',
    quality: more > 0 ? 'guess' : 'floor',
    detail: undefined,
  });
  return { block: blockOf([region]), align: 1, when: 'start' };
});

/** Bytes of PT_TLS of all objects but the C library. */
function threadLocalBytes({ binary, libraries }: Program): number {
  const others = libraries.filter(({ name }) => !isCLibrary(name)).map((l) => l.binary);
  return [binary, ...others].reduce((sum, object) => sum + threadLocal(object), 0);
}

const threadLocal = remembered(({ segments }: Binary): number =>
  segments.filter((s) => s.type === PT.TLS).reduce((sum, s) => sum + Number(s.memorySize), 0),
);

/** Whether an object is the C library itself, whose use of its bss is measured. */
const isCLibrary = (name: string): boolean => /^(libc\.so|libc\.musl-|ld-musl-)/.test(name);

function loading(
  name: string,
  role: Loading['role'],
  cLibrary: CLibrary,
  pageSize: number,
): Loading {
  const measured = isCLibrary(name);
  return {
    name,
    role,
    pageSize,
    relocated: true,
    protectsRelro: cLibrary.protectsRelro,
    filePagesWritten: 0,
    relroPagesWritten: 0,
    bssPages: (available) => Math.min(available, measured ? cLibrary.libraryBssPages : 1),
    bssRule: measured ? 'library-bss' : 'bss',
  };
}
