import * as l10n from '@vscode/l10n';
import type { CLibrary } from '../system/c-library.js';
import { pagesPerTable } from '../system/geometry.js';
import type { FreeBsdAddressSpace, System } from '../system/system.js';
import { clusterOf } from './cluster.js';
import { brkMappings, heapUse, mappedByMalloc } from './heap.js';
import { loadSegments } from './load-segments.js';
import { anonymous, blockOf, type Mapping, type Placed } from './mapping.js';
import { pageOf } from './page-numbers.js';
import { type Process, rigid } from './process.js';
import type { Program } from './program.js';
import { programMappings } from './program-mappings.js';
import { STACK_ROW } from './row-ids.js';
import { coarsen, count, run } from './runs.js';
import type { Workload } from './workload.js';

/** Bytes of strings, vectors and frames at rest: one page, as `ps` showed it in the thread. */
const STACK_AT_REST = 2048;

/**
 * A static program on FreeBSD 4: segments as linked, the heap behind the bss, mappings 512 MiB above
 * the data, the stack at the top. Nothing is randomised.
 */
export function freeBsdProcess(
  program: Program,
  system: System & { readonly addressSpace: FreeBsdAddressSpace },
  cLibrary: CLibrary,
  workload: Workload,
): Process {
  const { addressSpace, geometry } = system;
  const { pageSize } = geometry;
  const loads = loadSegments(program.binary);
  const image = blockOf(programMappings(program, cLibrary, workload, pageSize));
  const imageBase = pageOf(loads[0]?.address ?? 0n, pageSize);
  const heap = heapUse(program, cLibrary, workload, pageSize);
  const placed: Placed[] = [{ block: image, base: imageBase }];
  const brk = brkMappings(heap);
  if (brk.length > 0) placed.push({ block: blockOf(brk), base: imageBase + image.pages });
  const data = loads.find((s) => s.writable) ?? loads.at(-1);
  let next = pageOf(data?.address ?? 0n, pageSize) + addressSpace.mmapAboveData;
  for (const mapping of mappedByMalloc(heap)) {
    placed.push({ block: blockOf([mapping]), base: next });
    next += mapping.pages;
  }
  const stack = stackMapping(addressSpace.stackPages, workload.stackBytes, pageSize);
  placed.push({ block: blockOf([stack]), base: addressSpace.stackEnd - stack.pages });
  const inUse = count(stack.private);
  const all = clusterOf(placed, pagesPerTable(geometry));
  return {
    blocks: placed.map(({ block }) => block),
    randomised: false,
    placements: 1,
    parts: [rigid(all, Float64Array.of(0))],
    stackPages: { mean: inUse, min: inUse, max: inUse },
  };
}

/** The initial entry of so many pages, which grows when more is in use. */
function stackMapping(initial: number, extraBytes: number, pageSize: number): Mapping {
  const bytes = STACK_AT_REST + extraBytes;
  const pages = Math.max(initial, Math.ceil(bytes / pageSize));
  const size = pages * pageSize;
  const used = run(size - bytes, bytes);
  const area = { pages, guard: 0, written: coarsen(used, pageSize), used };
  return anonymous(STACK_ROW, l10n.t('Stack'), 'stack', area, {
    rule: 'stack',
    quality: 'exact',
    detail: undefined,
  });
}
