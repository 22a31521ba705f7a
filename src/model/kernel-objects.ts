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
  let [regions, anonVmas, chains] = [0, 0, 1];
  for (const held of blocks.map(holdingsOf)) {
    regions += held.regions;
    anonVmas += held.anonVmas;
    chains += held.anonymousRegions;
  }
  const mapleNodes =
    regions <= REGIONS_PER_LEAF
      ? 1
      : Math.floor((regions * NODES_PER_REGION) / REGIONS_PER_LEAF + 1);
  return [
    { object: kernel.perRegion, count: regions },
    { object: kernel.perMapleNode, count: mapleNodes },
    { object: kernel.perAnonVma, count: anonVmas },
    { object: kernel.perAnonVmaChain, count: chains },
    { object: kernel.perMappedFile, count: 1 + (interpreter ? 1 : 0) + libraries.length },
  ];
}
