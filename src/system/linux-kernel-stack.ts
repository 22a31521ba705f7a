import { msg } from '../msg.js';
import type { PartlyKnownKernel } from './system.js';

/**
 * The kernel objects of a Linux on a machine where nobody measured them: only its stack has a size
 * that its sources give.
 *
 * @param bytes THREAD_SIZE
 */
export const kernelStackOnly = (bytes: number): PartlyKnownKernel => ({
  kind: 'partly-known',
  fixed: [{ id: 'kernel-stack', label: msg('Kernel stack'), bytes }],
  unknown: {
    label: msg('Other kernel objects'),
    why: msg(
      'task_struct, mm_struct, vm_area_struct and the others: their sizes were measured on x86-64 only, so they are not in the sum.',
    ),
  },
});
