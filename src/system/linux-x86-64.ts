import { msg } from '../msg.js';
import { X86_64, X86_64_LA57, X86_64_PTI } from './geometry.js';
import { linuxAddressSpace, twoThirds } from './linux-address-space.js';
import type { System } from './system.js';

/** DEFAULT_MAP_WINDOW, arch/x86/include/asm/page_64_types.h: with five levels, too. */
const STACK_TOP = 0x7ffffffff000;

/** Linux 6.18 on x86-64, four levels, no page-table isolation, 8 MiB stack limit. */
export const LINUX_X86_64: System = {
  id: 'linux-x86-64',
  name: 'Linux 6.18, x86-64',
  machine: 'x86-64',
  class: 64,
  geometry: X86_64,
  addressSpace: linuxAddressSpace(X86_64, {
    stackTop: STACK_TOP,
    elfBase: twoThirds(STACK_TOP), // arch/x86/include/asm/elf.h
    stackPositions: 2 ** 22, // __STACK_RND_MASK, arch/x86/include/asm/elf.h
    mmapRandomBits: 28, // ARCH_MMAP_RND_BITS_MIN, arch/x86/Kconfig
    heapRange: 2 ** 30, // arch_randomize_brk, arch/x86/kernel/process.c; 32 MiB in older kernels
    stackGapBytes: 8192, // arch_align_stack, arch/x86/kernel/process.c
    auxiliaryEntries: 23, // create_elf_tables and ARCH_DLINFO; as /proc/self/auxv has them
    vdso: [
      { name: 'vvar', pages: 4 },
      { name: 'vvar_vclock', pages: 2 },
      { name: 'vdso', pages: 2 },
    ],
    alignsHuge: true,
  }),
  kernel: {
    kind: 'measured',
    // Bytes of slab per process, measured on Linux 6.18 with SLUB by starting thousands of
    // processes; ≤ 0.3 % off in sample and 1.5 % out of sample.
    fixed: [
      { id: 'kernel-stack', label: msg('Kernel stack'), bytes: 16384 },
      { id: 'task-struct', label: 'task_struct', bytes: 6550 },
      { id: 'sighand', label: 'sighand_struct', bytes: 2180 },
      { id: 'kmalloc-2k', label: msg('One allocation of 2 KiB'), bytes: 2048 },
      { id: 'mm-struct', label: 'mm_struct', bytes: 1635 },
      { id: 'signal', label: 'signal_struct', bytes: 1168 },
      { id: 'files', label: 'files_struct', bytes: 704 },
      { id: 'pid-cred', label: msg('pid and cred'), bytes: 585 },
      { id: 'kmalloc-small', label: msg('Small allocations'), bytes: 310 },
    ],
    perRegion: { id: 'vm-area', label: 'vm_area_struct', bytes: 195 },
    perMapleNode: { id: 'maple-node', label: msg('Maple tree nodes'), bytes: 273 },
    perAnonVma: { id: 'anon-vma', label: 'anon_vma', bytes: 105 },
    perAnonVmaChain: { id: 'anon-vma-chain', label: 'anon_vma_chain', bytes: 64 },
    perMappedFile: { id: 'mapped-file', label: msg('Mapped files'), bytes: 219 },
  },
  residentCountsTables: false, // VmRSS counts mapped pages; table pages are VmPTE
};

/** The same with page-table isolation, which kernels switch on where the processor leaks (Meltdown). */
export const LINUX_X86_64_PTI: System = {
  ...LINUX_X86_64,
  id: 'linux-x86-64-pti',
  name: msg('Linux 6.18, x86-64, page-table isolation'),
  geometry: X86_64_PTI,
};

/**
 * The same where processor and kernel have five levels. A process gets addresses above 47 bits only
 * if it asks for them, so all it has lies under one table of the level more.
 */
export const LINUX_X86_64_LA57: System = {
  ...LINUX_X86_64,
  id: 'linux-x86-64-la57',
  name: msg('Linux 6.18, x86-64, five levels'),
  geometry: X86_64_LA57,
};
