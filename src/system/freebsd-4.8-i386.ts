import { msg } from '../msg.js';
import { I386 } from './geometry.js';
import type { System } from './system.js';

/**
 * The system of Bernstein's measurement: freebsd-performance, June 2003, “ten thousand small
 * processes”, messages 000283 to 000309.
 */
export const FREEBSD_4_8_I386: System = {
  id: 'freebsd-4.8-i386',
  name: 'FreeBSD 4.8, i386',
  machine: 'i386',
  class: 32,
  geometry: I386,
  addressSpace: {
    kind: 'freebsd',
    stackEnd: 0xbfc00, // USRSTACK 0xBFC00000, sys/i386/include/vmparam.h
    stackPages: 32, // SGROWSIZ 128 KiB, sys/i386/include/vmparam.h
    stackLimit: 0x4000, // MAXSSIZ 64 MiB, sys/i386/include/vmparam.h
    mmapAboveData: 0x20000, // MAXDSIZ 512 MiB above the data segment, sys/vm/vm_mmap.c
  },
  kernel: {
    kind: 'partly-known',
    // UPAGES 2, sys/i386/include/param.h: user area and kernel stack, wired.
    fixed: [{ id: 'u-area', label: msg('User area and kernel stack (UPAGES 2)'), bytes: 8192 }],
    unknown: {
      label: msg('Process and map structures, pv entries'),
      why: msg(
        'struct proc, vmspace and map entries, and 28 bytes of pv entry for each mapped page: the sizes are not all known, so they are not in the sum.',
      ),
    },
  },
  residentCountsTables: true, // sys/i386/i386/pmap.c raises resident_count for each table page
};
