import { readSync } from 'node:fs';
import { endianness } from 'node:os';
import type { Runs } from '../model/runs.js';

/** Flags in the topmost byte of an entry (Documentation/admin-guide/mm/pagemap.rst): bits 63, 61, 56. */
const PRESENT = 0x80;
const FILE = 0x20;
const EXCLUSIVE = 0x01;

/** One for each page. */
export const ENTRY_BYTES = 8;
const FLAG_BYTE = endianness() === 'LE' ? ENTRY_BYTES - 1 : 0;
/** Pages read at once: half a megabyte of entries. */
const CHUNK = 1 << 16;

/** Pages of a stretch of address space, by absolute page number. */
export interface SeenPages {
  /** In RAM: what page tables have entries for, the shared page of zeros included. */
  readonly present: Runs;
  /** Mapped by this process alone. */
  readonly exclusive: Runs;
  /** Of those, the ones that are no file's and no shared memory's. */
  readonly anonymous: Runs;
}

/** Reads `pages` entries of an open /proc/PID/pagemap, from page `first`. Throws as reading does. */
export function readPages(descriptor: number, first: number, pages: number): SeenPages {
  const present: number[] = [];
  const exclusive: number[] = [];
  const anonymous: number[] = [];
  const buffer = new Uint8Array(Math.min(pages, CHUNK) * ENTRY_BYTES);
  for (let page = first; page < first + pages; ) {
    const wanted = Math.min(buffer.length, (first + pages - page) * ENTRY_BYTES);
    const read = readSync(descriptor, buffer, 0, wanted, page * ENTRY_BYTES);
    if (read < ENTRY_BYTES) break; // beyond the end of what a process can have, or it has ended
    for (let at = FLAG_BYTE; at < read; at += ENTRY_BYTES, page++) {
      const flags = buffer[at] as number;
      if (!(flags & PRESENT)) continue;
      append(present, page);
      if (!(flags & EXCLUSIVE)) continue;
      append(exclusive, page);
      if (!(flags & FILE)) append(anonymous, page);
    }
  }
  return { present, exclusive, anonymous };
}

/** Adds a number above all that are in the set. */
function append(runs: number[], n: number): void {
  if (runs[runs.length - 1] === n) runs[runs.length - 1] = n + 1;
  else runs.push(n, n + 1);
}
