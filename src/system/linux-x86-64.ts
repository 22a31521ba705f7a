import { X86_64, X86_64_PTI } from './geometry.js';
import type { System } from './system.js';

const page = (address: number) => address / X86_64.pageSize;
const MiB = 2 ** 20;

/** Linux 6.18 on x86-64, four levels, no page-table isolation, 8 MiB stack limit. */
export const LINUX_X86_64: System = {
  id: 'linux-x86-64',
  name: 'Linux 6.18, x86-64',
  machine: 'x86-64',
  class: 64,
  geometry: X86_64,
  addressSpace: {
    kind: 'linux',
    taskEnd: page(0x7ffffffff000), // TASK_SIZE_MAX, arch/x86/include/asm/page_64_types.h
    mmapGap: page(128 * MiB), // the least gap below the stack, arch/x86/mm/mmap.c
    // Stack limit, largest stack randomisation, guard gap: arch/x86/mm/mmap.c (mmap_base).
    mmapGapRandomised: page(8 * MiB + 16384 * MiB + MiB),
    pieBase: page(0x555555554000), // ELF_ET_DYN_BASE, arch/x86/include/asm/elf.h
    staticPieHeap: page(0x555555555000), // fs/binfmt_elf.c moves the heap of a loader there
    random: {
      stack: 2 ** 22, // __STACK_RND_MASK
      mmap: 2 ** 28, // vm.mmap_rnd_bits
      pie: 2 ** 28,
      heap: 2 ** 18, // arch_randomize_brk: 1 GiB; 32 MiB in older kernels
    },
    vdso: [
      { name: 'vvar', pages: 4 },
      { name: 'vvar_vclock', pages: 2 },
      { name: 'vdso', pages: 2 },
    ],
    stackPages: 33, // setup_arg_pages grows the stack by 128 KiB beyond what exec put there
    hugeAlign: page(2 * MiB), // thp_get_unmapped_area
  },
  kernel: {
    kind: 'linux',
    // Bytes of slab per process, measured on Linux 6.18 with SLUB by starting thousands of
    // processes; ≤ 0.3 % off in sample and 1.5 % out of sample.
    fixed: [
      { id: 'kernel-stack', label: 'Kernel stack', bytes: 16384 },
      { id: 'task-struct', label: 'task_struct', bytes: 6550 },
      { id: 'sighand', label: 'sighand_struct', bytes: 2180 },
      { id: 'kmalloc-2k', label: 'One allocation of 2 KiB', bytes: 2048 },
      { id: 'mm-struct', label: 'mm_struct', bytes: 1635 },
      { id: 'signal', label: 'signal_struct', bytes: 1168 },
      { id: 'files', label: 'files_struct', bytes: 704 },
      { id: 'pid-cred', label: 'pid and cred', bytes: 585 },
      { id: 'kmalloc-small', label: 'Small allocations', bytes: 310 },
    ],
    perRegion: { id: 'vm-area', label: 'vm_area_struct', bytes: 195 },
    perMapleNode: { id: 'maple-node', label: 'Maple tree nodes', bytes: 273 },
    perAnonVma: { id: 'anon-vma', label: 'anon_vma', bytes: 105 },
    perAnonVmaChain: { id: 'anon-vma-chain', label: 'anon_vma_chain', bytes: 64 },
    perMappedFile: { id: 'mapped-file', label: 'Mapped files', bytes: 219 },
  },
  residentCountsTables: false, // VmRSS counts mapped pages; table pages are VmPTE
  source: 'Linux sources as named beside each figure; sizes measured on Linux 6.18',
};

/** The same with page-table isolation, which kernels switch on where the processor leaks (Meltdown). */
export const LINUX_X86_64_PTI: System = {
  ...LINUX_X86_64,
  id: 'linux-x86-64-pti',
  name: 'Linux 6.18, x86-64, page-table isolation',
  geometry: X86_64_PTI,
};
