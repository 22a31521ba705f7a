import { type Geometry, pagesPerTable } from '../../system/geometry.js';
import { type Cluster, clusterOf, placedBlocks } from '../cluster.js';
import type { Block, Mapping } from '../mapping.js';
import { memoized } from '../memoized.js';
import type { Process } from '../process.js';

/**
 * A process with each region used in another way; where they go stays as it is.
 *
 * @param rest what else changes of a block with a changed region; its touched pages, of which tables
 *   are made, stay as they were
 */
export function withMappings(
  process: Process,
  geometry: Geometry,
  change: (mapping: Mapping) => Mapping,
  rest: (block: Block) => Block = (block) => block,
): Process {
  const changed = memoized((block: Block) =>
    rest({ ...block, mappings: block.mappings.map(change) }),
  );
  const remade = memoized((cluster: Cluster) => {
    const placed = placedBlocks(cluster, 0);
    return clusterOf(
      placed.map(({ block, base }) => ({ block: changed(block), base })),
      pagesPerTable(geometry),
    );
  });
  return {
    ...process,
    blocks: process.blocks.map(changed),
    parts: process.parts.map((part) => ({ ...part, clusters: part.clusters.map(remade) })),
  };
}
