import { msg } from '../msg.js';
import { type Geometry, I386, I386_PAE } from './geometry.js';
import { linuxAddressSpace } from './linux-address-space.js';
import { kernelStackOnly } from './linux-kernel-stack.js';
import type { System } from './system.js';

/** A 32-bit Linux on i386. Kernels for x86-64 run the same programs elsewhere in memory: not here. */
const linuxI386 = (id: string, name: string, geometry: Geometry): System => ({
  id,
  name,
  machine: 'i386',
  class: 32,
  geometry,
  addressSpace: linuxAddressSpace(geometry, {
    stackTop: 0xc0000000, // PAGE_OFFSET as by default, CONFIG_VMSPLIT_3G in arch/x86/Kconfig
    elfBase: 0x400000, // arch/x86/include/asm/elf.h
    stackPositions: 2 ** 11, // __STACK_RND_MASK, arch/x86/include/asm/elf.h: 8 MiB
    mmapRandomBits: 8, // ARCH_MMAP_RND_BITS_MIN, arch/x86/Kconfig
    heapRange: 2 ** 25, // arch_randomize_brk, arch/x86/kernel/process.c
    stackGapBytes: 8192, // arch_align_stack, arch/x86/kernel/process.c
    auxiliaryEntries: 24, // as on x86-64, and AT_SYSINFO
    vdso: undefined, // arch/x86/entry/vdso/vma.c: the size of its code is the build's
    alignsHuge: false,
  }),
  // THREAD_SIZE_ORDER 1, arch/x86/include/asm/page_32_types.h.
  kernel: kernelStackOnly(2 * geometry.pageSize),
  residentCountsTables: false,
});

/** As distribution kernels are configured. From 6.16 on, two more pages of tables: see the geometry. */
export const LINUX_I386_PAE = linuxI386(
  'linux-i386-pae',
  msg('Linux to 6.15, i386, PAE'),
  I386_PAE,
);
export const LINUX_I386 = linuxI386('linux-i386', msg('Linux, i386, without PAE'), I386);
