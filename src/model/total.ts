import type { Cost, Fill } from './cost.js';

/** Process counts the tool accepts: one to a million. */
export const MAX_PROCESSES = 1_000_000;
export const DEFAULT_PROCESSES = 10_000;

/** Whether it is one of these; whole. */
export const isProcessCount = (n: unknown): n is number =>
  Number.isInteger(n) && (n as number) >= 1 && (n as number) <= MAX_PROCESSES;

/** Bytes of RAM that `processes` processes take together: what is shared, once, and N times the rest. */
export const totalBytes = (
  cost: {
    readonly sharedOnceBytes: number;
    readonly perProcess: Pick<Cost['perProcess'], 'bytes'>;
  },
  processes: number,
): number => cost.sharedOnceBytes + processes * cost.perProcess.bytes;

/** How many processes fit in `ram` bytes; zero where not even the shared part does. */
export const processesThatFit = (cost: Cost, ram: number): number =>
  Math.max(0, Math.floor((ram - cost.sharedOnceBytes) / cost.perProcess.bytes));

/** The share of bytes that have a use, 0 to 1. */
export const usedShare = ({ usedBytes, paidBytes }: Fill): number =>
  paidBytes > 0 ? usedBytes / paidBytes : 0;
