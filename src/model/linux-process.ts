import * as l10n from '@vscode/l10n';
import type { Binary } from '../binary/binary.js';
import { type CLibrary, isMeasuredOn } from '../system/c-library.js';
import { pagesPerTable } from '../system/geometry.js';
import type { LinuxAddressSpace, System } from '../system/system.js';
import { brkMappings, heapUse, mappedByMalloc } from './heap.js';
import { interpreterItem, loaderItems } from './linux-loader.js';
import { type LinuxImage, linuxPlacement } from './linux-placement.js';
import { largestAlign, loadSegments } from './load-segments.js';
import type { HeapUse } from './malloc/heap-use.js';
import { anonymous, type Block, blockOf, type Mapping, reserved } from './mapping.js';
import { memoized } from './memoized.js';
import type { MmapItem } from './mmap-arrangement.js';
import { muslTlsItems } from './musl-tls.js';
import { pageOf } from './page-numbers.js';
import type { Process } from './process.js';
import { hugeAlignOf, type Program } from './program.js';
import { programMappings } from './program-mappings.js';
import { STACK_ROW } from './row-ids.js';
import { coarsen, NO_RUNS, type Runs, run } from './runs.js';
import { STACK_VARIANTS, stackBytes, stackContents, stackPages } from './stack.js';
import type { Workload } from './workload.js';

/**
 * A program on Linux as it is when start-up is over: what the kernel maps at exec, what the dynamic
 * loader adds, the heap of the workload's requests, and the stack.
 */
export function linuxProcess(
  program: Program,
  system: System & { readonly addressSpace: LinuxAddressSpace },
  cLibrary: CLibrary,
  workload: Workload,
  aslr: boolean,
): Process {
  const { addressSpace, geometry } = system;
  const { pageSize } = geometry;
  const { binary, path } = program;
  const heap = heapUse(program, cLibrary, workload, pageSize);
  const brk = brkMappings(heap);
  const pathBytes = new TextEncoder().encode(path).length;
  const word = system.class / 8;
  const further = Math.max(0, program.libraries.length - 1);
  const frames = cLibrary.stackFrames + cLibrary.stackPerLibrary * further;
  const stack = stackOf(addressSpace, frames, workload, aslr, pathBytes, word, pageSize);
  const image: LinuxImage = {
    program: blockOf(programMappings(program, cLibrary, workload, pageSize)),
    linkedAt: pageOf(loadSegments(binary)[0]?.address ?? 0n, pageSize),
    place: placeOf(binary),
    align: largestAlign(binary, pageSize),
    hugeAlign: hugeAlignOf(program, addressSpace.hugeAlign),
    heap: brk.length > 0 ? blockOf(brk) : undefined,
    mmap: [
      ...interpreterItem(program, cLibrary, pageSize),
      ...vdsoItem(addressSpace, cLibrary),
      ...loaderItems(program, cLibrary, pageSize, addressSpace.hugeAlign),
      ...(isMeasuredOn(cLibrary, system.machine) ? muslTlsItems(program, cLibrary, pageSize) : []),
      ...mappedHeap(heap),
    ],
    stacks: stack.blocks,
  };
  const lasting = image.mmap.filter((item) => item.when !== 'until-start');
  const blocks = [image.program, image.heap, ...lasting.map((item) => item.block), image.stacks[0]];
  return {
    blocks: blocks.filter((block) => block !== undefined),
    randomised: aslr,
    ...linuxPlacement(image, addressSpace, aslr, pagesPerTable(geometry)),
    // Without the frames of the C library it is a floor: no mean, and no most.
    stackPages: isMeasuredOn(cLibrary, system.machine)
      ? stack.pages
      : { mean: stack.pages.min, min: stack.pages.min, max: stack.pages.min },
  };
}

function placeOf(binary: Binary): LinuxImage['place'] {
  if (binary.type === 'executable') return 'as-linked';
  // Without an interpreter the kernel takes it for a dynamic loader started by hand.
  return binary.interpreter === undefined ? 'mmap' : 'pie';
}

const vdsoItem = memoized(
  ({ vdso }: LinuxAddressSpace, { vdsoPages }: CLibrary): readonly MmapItem[] => {
    if (!vdso) return [];
    let start = 0;
    const mappings = vdso.map(({ name, pages }): Mapping => {
      const touched = name === 'vdso' ? run(start, vdsoPages) : NO_RUNS;
      const mapping: Mapping = {
        ...reserved(name, name, start, pages),
        kind: 'vdso',
        readable: true,
        executable: name === 'vdso',
        resident: touched,
        residentLeast: touched,
        used: undefined,
      };
      start += pages;
      return mapping;
    });
    return [{ block: blockOf(mappings), align: 1, when: 'start' }];
  },
);

const mappedHeap = (heap: HeapUse): MmapItem[] =>
  mappedByMalloc(heap).map((mapping) => ({
    block: blockOf([mapping]),
    align: 1,
    when: 'later',
  }));

/** The stack, which is the same for programs whose paths are as long. */
const stackOf = memoized(
  (
    addressSpace: LinuxAddressSpace,
    frames: number,
    workload: Workload,
    aslr: boolean,
    pathBytes: number,
    wordSize: number,
    pageSize: number,
  ) => {
    const rules = { wordSize, ...addressSpace };
    const contents = stackContents(pathBytes, frames, workload, rules);
    const variants = Array.from({ length: aslr ? STACK_VARIANTS : 1 }, (_, i) => i);
    const blocks = variants.map((variant) =>
      stackBlock(addressSpace.stackPages, stackBytes(contents, variant), pageSize),
    );
    return { blocks, pages: stackPages(contents, aslr, pageSize) };
  },
);

/** The stack's region with its contents, counted from its top, at the end of it. */
function stackBlock(pagesAtStart: number, fromTop: Runs, pageSize: number): Block {
  const pages = Math.max(pagesAtStart, coarsen(fromTop, pageSize).at(-1) ?? 0);
  const used = countedFrom(pages * pageSize, fromTop);
  const area = { pages, guard: 0, written: coarsen(used, pageSize), used };
  const charge = { rule: 'stack', quality: 'floor', detail: undefined } as const;
  return blockOf([anonymous(STACK_ROW, l10n.t('Stack'), 'stack', area, charge)]);
}

/** Runs counted downwards from `end` as runs counted upwards. */
const countedFrom = (end: number, down: Runs): Runs => down.map((n) => end - n).reverse();
