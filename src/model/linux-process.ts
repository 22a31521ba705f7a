import type { Binary } from '../binary/binary.js';
import { type CLibrary, isMeasuredOn } from '../system/c-library.js';
import { pagesPerTable } from '../system/geometry.js';
import type { LinuxAddressSpace, System } from '../system/system.js';
import { brkMappings, heapUse, mappedByMalloc } from './heap.js';
import { interpreterItem, loaderItems } from './linux-loader.js';
import { type LinuxImage, linuxPlacement } from './linux-placement.js';
import { type LinuxStack, linuxStack } from './linux-stack.js';
import { largestAlign, loadSegments } from './load-segments.js';
import type { HeapUse } from './malloc/heap-use.js';
import { blockOf, type Mapping, reserved } from './mapping.js';
import { memoized } from './memoized.js';
import { blocksOf, type MmapItem } from './mmap-arrangement.js';
import { muslTlsItems } from './musl-tls.js';
import { pageOf } from './page-numbers.js';
import type { Process } from './process.js';
import { hugeAlignOf, type Program } from './program.js';
import { programMappings } from './program-mappings.js';
import { NO_RUNS, run } from './runs.js';
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
  const { binary } = program;
  const heap = heapUse(program, cLibrary, workload, pageSize);
  const brk = brkMappings(heap);
  const isMeasured = isMeasuredOn(cLibrary, system.machine);
  const stack = stackOf(program, system, cLibrary, workload, aslr);
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
      ...(isMeasured ? muslTlsItems(program, cLibrary, heap, pageSize) : []),
      ...mappedHeap(heap),
    ],
    stacks: stack.variants,
  };
  const lasting = blocksOf(image.mmap);
  const blocks = [image.program, image.heap, ...lasting, stack.variants[0]?.block()];
  return {
    blocks: blocks.filter((block) => block !== undefined),
    randomised: aslr,
    ...linuxPlacement(image, addressSpace, aslr, pagesPerTable(geometry)),
    // Without the frames of the C library it is a floor: no mean, and no most.
    stackPages: isMeasured
      ? stack.pages
      : { mean: stack.pages.min, min: stack.pages.min, max: stack.pages.min },
  };
}

function stackOf(
  { path, libraries }: Program,
  system: System & { readonly addressSpace: LinuxAddressSpace },
  { stackFrames, stackPerLibrary }: CLibrary,
  workload: Workload,
  aslr: boolean,
): LinuxStack {
  const frames = stackFrames + stackPerLibrary * Math.max(0, libraries.length - 1);
  const pathBytes = new TextEncoder().encode(path).length;
  const wordSize = system.class / 8;
  const { addressSpace, geometry } = system;
  return linuxStack(addressSpace, frames, workload, aslr, pathBytes, wordSize, geometry.pageSize);
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
