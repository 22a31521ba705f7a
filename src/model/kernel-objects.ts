import type { KernelObject, MeasuredKernel } from '../system/system.js';
import { holdingsOf } from './holdings.js';
import type { Block } from './mapping.js';
import type { Program } from './program.js';

/** Regions up to which one node of the maple tree holds them all: measured on Linux 6.18, 64-bit. */
const REGIONS_PER_LEAF = 11;
/**
 * Nodes that a larger tree has for each leaf that is full, with leaves in part empty and those
 * above: measured likewise.
 */
const NODES_PER_LEAF = 1.35;

/** How many of each kernel object a process needs, by its regions, and by the files that it maps. */
export function variableObjects(
  blocks: readonly Block[],
  { interpreter, libraries }: Program,
  kernel: MeasuredKernel,
): readonly { readonly object: KernelObject; readonly count: number }[] {
  let [regions, anonVmas, chains] = [0, 0, 1]; // of chains there is one more than of such regions: measured likewise
  for (const held of blocks.map(holdingsOf)) {
    regions += held.regions;
    anonVmas += held.anonVmas;
    chains += held.anonymousRegions;
  }
  const mapleNodes =
    regions <= REGIONS_PER_LEAF ? 1 : Math.floor((regions * NODES_PER_LEAF) / REGIONS_PER_LEAF + 1);
  return [
    { object: kernel.perRegion, count: regions },
    { object: kernel.perMapleNode, count: mapleNodes },
    { object: kernel.perAnonVma, count: anonVmas },
    { object: kernel.perAnonVmaChain, count: chains },
    { object: kernel.perMappedFile, count: 1 + (interpreter ? 1 : 0) + libraries.length },
  ];
}
