import * as l10n from '@vscode/l10n';
import type { MeasuredProcess } from '../model/measurement.js';
import { count } from '../model/runs.js';
import { environmentOf } from './environment.js';
import type { ObjectNames } from './object-names.js';
import { measuringProblem } from './platform.js';
import { readProc, tryRead, tryReadProc, whyUnreadable } from './proc.js';
import { regionPages } from './region-pages.js';
import { kibField, parseSmaps, type SmapsRegion, systemPageSize } from './smaps.js';

/** include/uapi/linux/personality.h */
const ADDR_NO_RANDOMIZE = 0x0040000;

/**
 * What the process `pid` holds now, from its status, smaps, pagemap and personality in /proc. Linux
 * only. A string says, for people, why it cannot be told: no such process, another user's, one that
 * has ended, or a part of the kernel.
 */
export function readProcess(pid: number, objects: ObjectNames): MeasuredProcess | string {
  const problem = measuringProblem();
  if (problem) return problem;
  try {
    const reading = readOnce(pid, objects);
    // Once more where regions came or went meanwhile; a process that never rests is taken as it is.
    return (reading.steady ? reading : readOnce(pid, objects)).result;
  } catch (error) {
    return whyUnreadable(pid, error);
  }
}

interface Reading {
  readonly result: MeasuredProcess | string;
  /** Whether the regions were the same afterwards. */
  readonly steady: boolean;
}

function readOnce(pid: number, objects: ObjectNames): Reading {
  const status = readProc(pid, 'status');
  const tableBytes = kibField(status, 'VmPTE');
  if (tableBytes === undefined) return { result: whyNoMemory(pid, status), steady: true };
  const regions = parseSmaps(readProc(pid, 'smaps'));
  if (regions.length === 0)
    return { result: l10n.t('Process {0} ended while it was read.', pid), steady: true };
  const pageSize = systemPageSize(regions);
  if (pageSize === undefined) {
    const reason = l10n.t(
      'This kernel does not say how large the pages of process {0} are (KernelPageSize in /proc/{0}/smaps): without that, nothing can be measured.',
      pid,
    );
    return { result: reason, steady: true };
  }
  const pages = regionPages(pid, regions, pageSize);
  const result: MeasuredProcess = {
    pid,
    pageSize,
    threads: Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 1),
    tableBytes,
    swappedBytes: kibField(status, 'VmSwap') ?? 0,
    randomised: isRandomised(pid),
    environment: environmentOf(pid),
    regions: regions.map((region) => {
      const own = pages.get(region)?.private;
      return {
        firstPage: region.start / pageSize,
        pages: (region.end - region.start) / pageSize,
        access: region.access,
        name: region.name,
        object: objects.get(region.name),
        residentBytes: region.resident,
        privateBytes: own ? count(own) * pageSize : region.privateDirty,
        present: pages.get(region)?.present,
        private: own,
      };
    }),
  };
  return { result, steady: sameRegions(regions, tryReadProc(pid, 'maps')) };
}

function whyNoMemory(pid: number, status: string): string {
  return /^State:\s+[ZX]/m.test(status)
    ? l10n.t('Process {0} has ended; only its entry is left, until its parent asks for it.', pid)
    : l10n.t(
        'Process {0} has no memory of its own: it is part of the kernel, or just ending.',
        pid,
      );
}

function sameRegions(regions: readonly SmapsRegion[], maps: string | undefined): boolean {
  const lines = (maps ?? '').split('\n').filter((line) => line && !line.endsWith('[vsyscall]'));
  return lines.join('\n') === regions.map(({ line }) => line).join('\n');
}

/** Undefined where the kernel does not show the personality. */
function isRandomised(pid: number): boolean | undefined {
  if (tryRead('/proc/sys/kernel/randomize_va_space')?.trim() === '0') return false;
  const personality = tryReadProc(pid, 'personality');
  if (personality === undefined) return undefined;
  return (Number.parseInt(personality, 16) & ADDR_NO_RANDOMIZE) === 0;
}
