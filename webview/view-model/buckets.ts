import { eachRun, type Runs } from '../../src/model/runs.js';

/**
 * How many numbers of the set fall into each of `buckets` consecutive blocks of `size` numbers from
 * zero. Takes time for the runs and the blocks, never for the numbers.
 */
export function bucketCounts(runs: Runs, size: number, buckets: number): readonly number[] {
  const counts = new Array<number>(buckets).fill(0);
  // Runs are disjoint, so no block is visited more often than runs overlap it.
  eachRun(runs, (start, end) => {
    const last = Math.min(buckets - 1, Math.floor((end - 1) / size));
    for (let block = Math.max(0, Math.floor(start / size)); block <= last; block++) {
      const overlap = Math.min(end, (block + 1) * size) - Math.max(start, block * size);
      counts[block] = (counts[block] as number) + overlap;
    }
  });
  return counts;
}
