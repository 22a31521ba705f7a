import { type Cluster, clusterOf, placedBlocks } from './cluster.js';
import type { Block, Mapping, Placed } from './mapping.js';

/** A process's parts, and where they go. */
export interface Process {
  /** All blocks, the program's first; the stack as it is without randomisation. */
  readonly blocks: readonly Block[];
  /** Whether the kernel puts it elsewhere each time. */
  readonly randomised: boolean;
  /** How many placements are looked at: one where nothing is randomised. */
  readonly placements: number;
  /** All blocks, none over another, in no order. */
  readonly parts: readonly Part[];
  /** Pages of stack in use, over all placements. */
  readonly stackPages: { readonly mean: number; readonly min: number; readonly max: number };
}

/** What moves together from placement to placement. */
export interface Part {
  /** As it may be laid out: in several ways where distances depend on the placement, by alignment or by lot. */
  readonly clusters: readonly Cluster[];
  /** Which of them it is, by placement. */
  readonly which: Uint16Array;
  /** Page that the cluster's base is at, by placement. */
  readonly bases: Float64Array;
}

/** A cluster that is the same in each placement. */
export const rigid = (cluster: Cluster, bases: Float64Array): Part => ({
  clusters: [cluster],
  which: new Uint16Array(bases.length),
  bases,
});

/** All its regions; the stack as it is without randomisation. */
export const mappingsOf = ({ blocks }: Pick<Process, 'blocks'>): readonly Mapping[] =>
  blocks.flatMap(({ mappings }) => mappings);

/** Every block in a placement, in no order. */
export const blocksAt = (parts: readonly Part[], placement: number): readonly Placed[] =>
  parts.flatMap(({ clusters, which, bases }) =>
    placedBlocks(clusters[which[placement] as number] as Cluster, bases[placement] as number),
  );

/**
 * A process's blocks as one part, with a cluster for each placement.
 *
 * @param perTable pages that a table of the lowest level maps
 * @param move where they go instead
 */
export function asOnePart(
  { parts, placements }: Pick<Process, 'parts' | 'placements'>,
  perTable: number,
  move: (placed: readonly Placed[]) => readonly Placed[] = (placed) => placed,
): Part {
  const each = Array.from({ length: placements }, (_, i) => i);
  return {
    clusters: each.map((i) => clusterOf(move(blocksAt(parts, i)), perTable)),
    which: Uint16Array.from(each),
    bases: new Float64Array(placements),
  };
}
