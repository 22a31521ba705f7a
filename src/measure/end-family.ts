import { setTimeout as delay } from 'node:timers/promises';
import type { Family } from './family.js';

/** What a process sent SIGKILL may take to be gone. */
const LIMIT_MS = 2000;
const INTERVAL_MS = 20;

/** Ends all processes of a family, also those that are started meanwhile. Those that could not be ended are left. */
export async function endFamily(family: Family): Promise<readonly number[]> {
  const begin = performance.now();
  let left = family.kill();
  while (left.length > 0 && performance.now() - begin < LIMIT_MS) {
    await delay(INTERVAL_MS);
    left = family.kill();
  }
  return left;
}
