import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './contest.mjs';

const RUNS = 5;
const AT_EXIT = fileURLToPath(new URL('print-peak-memory.cjs', import.meta.url));

/**
 * Peak resident memory of `node` with these arguments, in KiB: the median of some runs. Linux only.
 * @param {readonly string[]} args
 */
export function peakMemory(args) {
  const peaks = Array.from({ length: RUNS }, () => {
    const { output, error, status } = spawnSync(process.execPath, ['-r', AT_EXIT, ...args], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    if (error) throw error;
    if (status !== 0) throw new Error(`node ${args.join(' ')}: ${output[2]}`);
    return Number(output[3]);
  });
  return median(peaks);
}
