import type { KernelObject, MeasuredKernel } from '../system/system.js';
import type { Mapping } from './mapping.js';

/** Entries in a maple tree's leaf, as far as regions fill them: linux/maple_tree.h, measured. */
const REGIONS_PER_LEAF = 11;
const NODES_PER_REGION = 1.35;

/** How many of each kernel object a process needs, by its regions. */
export function variableObjects(
  mappings: readonly Mapping[],
  mappedFiles: number,
  kernel: MeasuredKernel,
): readonly (KernelObject & { readonly count: number })[] {
  const regions = mappings.length;
  const written = new Set(mappings.filter((m) => m.private.length > 0).map((m) => m.origin));
  // A region that was split after it was written keeps its tie to the anon_vma in both parts.
  const anonymous = mappings.filter((m) => written.has(m.origin)).length;
  const mapleNodes =
    regions <= REGIONS_PER_LEAF
      ? 1
      : Math.floor((regions * NODES_PER_REGION) / REGIONS_PER_LEAF + 1);
  return [
    { ...kernel.perRegion, count: regions },
    { ...kernel.perMapleNode, count: mapleNodes },
    { ...kernel.perAnonVma, count: written.size },
    { ...kernel.perAnonVmaChain, count: anonymous + 1 },
    { ...kernel.perMappedFile, count: mappedFiles },
  ];
}
