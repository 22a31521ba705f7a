import { setTimeout as delay } from 'node:timers/promises';
import type { Instance } from './instance.js';
import { sleeps } from './process-stat.js';

const INTERVAL_MS = 100;
/** One look may fall between two steps of a program's start. */
const LOOKS = 2;

/**
 * Waits until all instances that run sleep, at two looks in a row, for at most `limitMs`. Whether they
 * do. Calls `look` before each wait. Rejects when `signal` is aborted.
 */
export async function settle(
  instances: readonly Instance[],
  limitMs: number,
  signal: AbortSignal,
  look: (waitedMs: number) => void,
): Promise<boolean> {
  const begin = performance.now();
  for (let calm = 0; calm < LOOKS; ) {
    const waited = performance.now() - begin;
    look(waited);
    if (waited >= limitMs) return false;
    await delay(INTERVAL_MS, undefined, { signal });
    const alive = instances.filter(isAlive);
    if (alive.length === 0) return false;
    calm = alive.every(({ pid }) => sleeps(pid)) ? calm + 1 : 0;
  }
  return true;
}

/** Whether it was started and has not ended. */
export const isAlive = (instance: Instance): instance is Instance & { readonly pid: number } =>
  instance.pid !== undefined && !instance.exit;
