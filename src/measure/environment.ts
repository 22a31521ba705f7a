import type { Workload } from '../model/workload.js';
import { tryReadProc } from './proc.js';

/**
 * What the kernel put on top of a process's stack besides the path: its environment, and its arguments but the
 * first, which is the path again. Undefined where that is not ours to read.
 */
export function environmentOf(pid: number): Workload['environment'] | undefined {
  const environment = tryReadProc(pid, 'environ');
  const args = tryReadProc(pid, 'cmdline');
  if (environment === undefined || args === undefined) return undefined;
  const strings = environment + args.slice(args.indexOf('\0') + 1);
  return { bytes: Buffer.byteLength(strings), strings: strings.split('\0').length - 1 };
}
