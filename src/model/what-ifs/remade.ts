import type { Block, Mapping } from '../mapping.js';
import type { Process } from '../process.js';

/**
 * A process with each region used in another way; where they go stays as it is.
 *
 * @param rest what else changes of a block with a changed region; its touched pages, of which tables
 *   are made, stay as they were
 */
export function withMappings(
  process: Process,
  change: (mapping: Mapping) => Mapping,
  rest: (block: Block) => Block = (block) => block,
): Process {
  const known = new WeakMap<Block, Block>();
  const changed = (block: Block): Block => {
    const made = known.get(block) ?? rest({ ...block, mappings: block.mappings.map(change) });
    known.set(block, made);
    return made;
  };
  return {
    ...process,
    mappings: process.mappings.map(change),
    place: (draws) =>
      process.place(draws).map(({ block, base }) => ({ block: changed(block), base })),
  };
}
