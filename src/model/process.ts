import { type Cluster, clusterOf, placedBlocks } from './cluster.js';
import type { Mapping, Placed } from './mapping.js';

/** A process's parts, and where they go. */
export interface Process {
  /** All regions, the program's first; the stack as it is without randomisation. */
  readonly mappings: readonly Mapping[];
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
  /** One for all placements, or one for each: where alignment matters, distances depend on the placement. */
  readonly clusters: readonly Cluster[];
  /** Page that the cluster's base is at, by placement. */
  readonly bases: readonly number[];
}

/** Every block in a placement, in no order. */
export const blocksAt = (parts: readonly Part[], placement: number): readonly Placed[] =>
  parts.flatMap(({ clusters, bases }) =>
    placedBlocks(
      clusters[clusters.length === 1 ? 0 : placement] as Cluster,
      bases[placement] as number,
    ),
  );

/**
 * A process's blocks as one part, which in each placement is another.
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
    bases: each.map(() => 0),
  };
}

/** The last part of a path, with either separator. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) || path;
