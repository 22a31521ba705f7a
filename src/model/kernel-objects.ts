import type { KernelObject, MeasuredKernel } from '../system/system.js';
import { holdingsOf } from './holdings.js';
import type { Block } from './mapping.js';
import type { Program } from './program.js';

/** Entries in a maple tree's leaf, as far as regions fill them: linux/maple_tree.h, measured. */
const REGIONS_PER_LEAF = 11;
const NODES_PER_REGION = 1.35;

/** How many of each kernel object a process needs, by its regions. */
export function variableObjects(
  blocks: readonly Block[],
  { interpreter, libraries }: Program,
  kernel: MeasuredKernel,
): readonly { readonly object: KernelObject; readonly count: number }[] {
  const all = blocks.map(holdingsOf);
  const written = new Set<string>();
  let regions = 0;
  for (const { origins } of all) {
    for (const origin of origins) {
      regions += origin.regions;
      if (origin.written) written.add(origin.origin);
    }
  }
  // A region that was split after it was written keeps its tie to the anon_vma in both parts.
  let anonymous = 0;
  for (const { origins } of all) {
    for (const origin of origins) if (written.has(origin.origin)) anonymous += origin.regions;
  }
  const mapleNodes =
    regions <= REGIONS_PER_LEAF
      ? 1
      : Math.floor((regions * NODES_PER_REGION) / REGIONS_PER_LEAF + 1);
  return [
    { object: kernel.perRegion, count: regions },
    { object: kernel.perMapleNode, count: mapleNodes },
    { object: kernel.perAnonVma, count: written.size },
    { object: kernel.perAnonVmaChain, count: anonymous + 1 },
    { object: kernel.perMappedFile, count: 1 + (interpreter ? 1 : 0) + libraries.length },
  ];
}
