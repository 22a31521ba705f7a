import { closeSync, openSync } from 'node:fs';
import { count, NO_RUNS, type Runs } from '../model/runs.js';
import { ENTRY_BYTES, readPages, type SeenPages } from './pagemap.js';
import type { SmapsRegion } from './smaps.js';

/** Bytes of pagemap read for one process: enough for 32 GiB of address space in pages of 4 KiB. */
const MAX_PAGEMAP = 64 << 20;

/** Page numbers are absolute. */
export interface RegionPages {
  readonly present: Runs;
  /** Undefined where the kernel does not tell which they are. */
  readonly private: Runs | undefined;
}

/**
 * The pages of a process, by region, as far as the bound reaches: regions with something in RAM
 * first, then the smallest. One without a resident page may need page tables all the same: smaps
 * does not count the shared page of zeros.
 */
export function regionPages(
  pid: number,
  regions: readonly SmapsRegion[],
  pageSize: number,
): ReadonlyMap<SmapsRegion, RegionPages> {
  const found = new Map<SmapsRegion, RegionPages>();
  let descriptor: number;
  try {
    descriptor = openSync(`/proc/${pid}/pagemap`, 'r');
  } catch {
    return found; // Linux 4.0 and 4.1 show it to root only
  }
  try {
    let left = MAX_PAGEMAP / ENTRY_BYTES;
    for (const region of [...regions].sort(byUse)) {
      const pages = sizeOf(region) / pageSize;
      if (pages <= left) {
        left -= pages;
        const seen = readPages(descriptor, region.start / pageSize, pages);
        found.set(region, { present: seen.present, private: privatePages(region, seen, pageSize) });
      } else if (isReserve(region)) {
        found.set(region, { present: NO_RUNS, private: NO_RUNS });
      }
    }
  } catch {
    // The process has ended: what is missing stays unknown.
  } finally {
    closeSync(descriptor);
  }
  return found;
}

const sizeOf = ({ start, end }: SmapsRegion) => end - start;
const isEmpty = ({ resident, swapped }: SmapsRegion) => resident + swapped === 0;
const byUse = (a: SmapsRegion, b: SmapsRegion) =>
  Number(isEmpty(a)) - Number(isEmpty(b)) || sizeOf(a) - sizeOf(b);

/** Address space nobody may touch, kept free: often a terabyte. */
const isReserve = (region: SmapsRegion) => region.access.startsWith('---') && isEmpty(region);

/**
 * Private pages are anonymous and mapped once. smaps has more: a file's page that only one process
 * maps, dirty until the file is on disk, and on a tmpfs for ever. The next process shares that page all
 * the same. In a region shared by design only smaps' count tells whether it is the dirty pages.
 */
function privatePages(region: SmapsRegion, seen: SeenPages, pageSize: number): Runs | undefined {
  if (!region.access.endsWith('s')) return seen.anonymous;
  if (region.privateDirty === 0) return NO_RUNS;
  return count(seen.exclusive) * pageSize === region.privateDirty ? seen.exclusive : undefined;
}
