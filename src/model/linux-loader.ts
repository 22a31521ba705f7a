import * as l10n from '@vscode/l10n';
import type { Binary } from '../binary/binary.js';
import type { CLibrary } from '../system/c-library.js';
import { largestAlign } from './load-segments.js';
import { loaderAreas } from './loader-heap.js';
import type { Bss, BssUse, Loading } from './loading.js';
import { anonymous, blockOf, type Mapping, reserved } from './mapping.js';
import { memoized } from './memoized.js';
import type { LoaderArea } from './minimal-malloc.js';
import type { MmapItem } from './mmap-arrangement.js';
import { objectMappings, unmappedWithin } from './object-mappings.js';
import { fileName, hugeAlignOf, isCLibrary, isCxxLibrary, type Program } from './program.js';
import { eachRun, intersect, NO_RUNS, type Runs, run, union } from './runs.js';

/** The dynamic loader itself, which the kernel maps; none for a static program. */
export function interpreterItem(
  { interpreter }: Program,
  cLibrary: CLibrary,
  pageSize: number,
): MmapItem[] {
  if (!interpreter) return [];
  return [loadedByKernel(interpreter.binary, cLibrary, fileName(interpreter.name), pageSize)];
}

const loadedByKernel = memoized(
  (binary: Binary, cLibrary: CLibrary, name: string, pageSize: number): MmapItem => {
    const block = blockOf(
      objectMappings(binary, loading(binary, name, 'interpreter', cLibrary, pageSize)),
    );
    return { block, align: 1, holes: unmappedWithin(block.mappings), when: 'start' };
  },
);

/** What the dynamic loader maps, in its order. */
export function loaderItems(
  program: Program,
  cLibrary: CLibrary,
  pageSize: number,
  hugeAlign: number | undefined,
): MmapItem[] {
  const { interpreter, libraries, loaderCache } = program;
  if (!interpreter) return [];
  const { loaderHeap } = cLibrary;
  const areas = loaderHeap ? loaderAreas(program, loaderHeap, pageSize) : [];
  const streams = [program, ...libraries].some(({ binary }) => binary.initialisesStreams);
  const items: MmapItem[] = [];
  let done = 0; // of the areas, which are in their order, too
  const before = (index: number) => {
    for (let area = areas[done]; area && area.after <= index; area = areas[++done]) {
      items.push(areaItem(area, done));
    }
  };
  before(-1);
  libraries.forEach((library, index) => {
    const { name, binary } = library;
    // It is mapped until all libraries are found.
    if (index === loaderCache?.after) items.push(...cacheItem(loaderCache.bytes, pageSize));
    before(index);
    const align = hugeAlignOf(library, hugeAlign);
    items.push(libraryItem(binary, cLibrary, name, pageSize, align, streams && isCxxLibrary(name)));
  });
  before(libraries.length);
  return items;
}

const cacheItem = (bytes: number, pageSize: number): MmapItem[] =>
  bytes === 0 ? [] : [cacheOf(Math.ceil(bytes / pageSize))];

const cacheOf = memoized((pages: number): MmapItem => {
  const block = blockOf([reserved('ld.so.cache', 'ld.so.cache', 0, pages)]);
  return { block, align: 1, when: 'until-start' };
});

/** Programs of one system have most of their libraries in common. */
const libraryItem = memoized(
  (
    binary: Binary,
    cLibrary: CLibrary,
    name: string,
    pageSize: number,
    hugeAlign: number | undefined,
    streams: boolean,
  ): MmapItem => {
    const how = loading(binary, name, 'library', cLibrary, pageSize, streams);
    const mappings = objectMappings(binary, how);
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
    return {
      block,
      ...alignmentOf(binary, cLibrary, block.pages, pageSize, hugeAlign),
      when: 'start',
    };
  },
);

/**
 * The kernel aligns files as large as a huge page, if their file system asks for it. glibc reserves more than it
 * needs for an object that is aligned to more than pages, and takes the lowest place in it that is (2.35 and
 * later: elf/dl-map-segments.h).
 */
function alignmentOf(
  binary: Binary,
  { alignsLibraries }: CLibrary,
  pages: number,
  pageSize: number,
  hugeAlign: number | undefined,
): Pick<MmapItem, 'align' | 'reserve'> {
  const align = alignsLibraries ? largestAlign(binary, pageSize) : 1;
  if (align > 1) return { align, reserve: Math.max(pages, align) + align };
  return { align: hugeAlign !== undefined && pages >= hugeAlign ? hugeAlign : 1 };
}

const areaItem = ({ hasThread, pages, written }: LoaderArea, number: number): MmapItem =>
  ownItem(hasThread, number, pages, written.join());

/** Few differ in what counts, and all of one kind are of one row. */
const ownItem = memoized(
  (hasThread: boolean, number: number, pages: number, written: string): MmapItem => {
    const label = hasThread ? l10n.t('Thread control block and TLS') : l10n.t('ld.so’s own malloc');
    const id = hasThread ? 'tls' : 'loader-malloc';
    const runs = written === '' ? NO_RUNS : written.split(',').map(Number);
    const area = { pages, guard: 0, written: runs, used: undefined };
    const charge = { rule: 'loader', quality: 'floor', detail: undefined } as const;
    const region = anonymous(id, label, hasThread ? 'tls' : 'loader', area, charge);
    const own = `${id}-${number}`;
    return { block: blockOf([{ ...region, id: own, origin: own }]), align: 1, when: 'start' };
  },
);

/**
 * Pages of a library's bss taken to be in use where its initialisers may write it: a guess, as for programs. Of the
 * loader itself it is known.
 */
const USUAL_BSS = 1;

function loading(
  binary: Binary,
  name: string,
  role: Loading['role'],
  cLibrary: CLibrary,
  pageSize: number,
  streams = false,
): Loading {
  return {
    name,
    role,
    pageSize,
    relocated: true,
    readsHeaders: true,
    donatesEnds: cLibrary.donatesEnds,
    writesDynamic: cLibrary.writesDynamic === 'all',
    protectsRelro: cLibrary.protectsRelro,
    ...bssOf(binary, name, role, cLibrary, streams),
  };
}

/** How much of its bss an object uses that the loader maps, or that is the loader. */
function bssOf(
  { hasInitialisers }: Binary,
  name: string,
  role: Loading['role'],
  { libraryBssPages, cxxBssPages }: CLibrary,
  streams: boolean,
): Pick<Loading, 'bssPages' | 'bssRule'> {
  const known =
    (pages: (bss: Bss) => Runs) =>
    (bss: Bss): BssUse => ({
      known: pages(bss),
      taken: NO_RUNS,
    });
  if (isCLibrary(name)) {
    return { bssPages: known(atBegin(libraryBssPages)), bssRule: 'library-bss' };
  }
  if (isCxxLibrary(name) && cxxBssPages !== undefined) {
    const atEnd = ({ pages }: Bss) => run(pages - cxxBssPages, cxxBssPages);
    const first = atBegin(streams ? 1 : 0);
    return {
      bssPages: known((bss) => intersect([0, bss.pages], union(first(bss), atEnd(bss)))),
      bssRule: 'library-bss',
    };
  }
  if (role === 'interpreter') return { bssPages: known(atBegin(USUAL_BSS)), bssRule: 'bss' };
  // Nothing of a library without initialisers runs before main().
  const usual = atBegin(hasInitialisers ? USUAL_BSS : 0);
  return { bssPages: (bss) => ({ known: NO_RUNS, taken: usual(bss) }), bssRule: 'bss' };
}

const atBegin =
  (most: number) =>
  ({ pages }: Bss): Runs =>
    run(0, Math.min(pages, most));
