import { readFileSync } from 'node:fs';

/** A region of a live process as /proc/PID/smaps has it; sizes in bytes. */
export interface LiveRegion {
  readonly start: bigint;
  readonly end: bigint;
  /** "rw-p" and so on. */
  readonly access: string;
  /** Path, "[heap]", or empty. */
  readonly name: string;
  readonly resident: number;
  /** Written by this process alone. */
  readonly privateDirty: number;
}

/** What a live process holds; sizes in bytes. */
export interface ProcessMemory {
  /** VmPTE: page tables without the top one. */
  readonly tables: number;
  readonly addressSpace: number;
  readonly resident: number;
  readonly privateDirty: number;
  readonly regions: readonly LiveRegion[];
}

const KIB = 1024;

/**
 * What this user's process `pid` holds now, from /proc/PID/status and /proc/PID/smaps. Linux only.
 * A string says, for people, why it cannot be told: no such process, another user's, or one that
 * has ended.
 */
export function readProcessMemory(pid: number): ProcessMemory | string {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const tables = kibField(status, 'VmPTE');
    const addressSpace = kibField(status, 'VmSize');
    if (tables === undefined || addressSpace === undefined) {
      return `Process ${pid} has no memory: it has ended, or is part of the kernel.`;
    }
    const regions = parseSmaps(readFileSync(`/proc/${pid}/smaps`, 'utf8'));
    const sum = (of: (region: LiveRegion) => number) => regions.reduce((n, r) => n + of(r), 0);
    return {
      tables,
      addressSpace,
      resident: sum((r) => r.resident),
      privateDirty: sum((r) => r.privateDirty),
      regions,
    };
  } catch (error) {
    return reason(pid, error);
  }
}

/**
 * The regions of an smaps file, by ascending address. The vsyscall page, which belongs to the kernel
 * and is no mapping of the process, is left out.
 */
export function parseSmaps(smaps: string): LiveRegion[] {
  const regions: LiveRegion[] = [];
  for (const block of smaps.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)) {
    const header = /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)/.exec(block);
    if (!header || header[4] === '[vsyscall]') continue;
    const [, start, end, access, name] = header as unknown as [
      string,
      string,
      string,
      string,
      string,
    ];
    regions.push({
      start: BigInt(`0x${start}`),
      end: BigInt(`0x${end}`),
      access,
      name,
      resident: kibField(block, 'Rss') ?? 0,
      privateDirty: kibField(block, 'Private_Dirty') ?? 0,
    });
  }
  return regions;
}

/** A line "Name:   12 kB" in bytes. */
function kibField(text: string, name: string): number | undefined {
  const digits = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits) * KIB;
}

function reason(pid: number, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') {
    return `Process ${pid} belongs to someone else: its memory is not ours to read.`;
  }
  if (code === 'ENOENT' || code === 'ESRCH') return `There is no process ${pid}, or not any more.`;
  return `Process ${pid} cannot be read: ${error instanceof Error ? error.message : error}`;
}
