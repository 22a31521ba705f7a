import { msg } from '../msg.js';
import { ARM64_4K_39, ARM64_4K_48, ARM64_16K_47, ARM64_64K_42, type Geometry } from './geometry.js';
import { linuxAddressSpace } from './linux-address-space.js';
import { kernelStackOnly } from './linux-kernel-stack.js';
import type { System } from './system.js';

/** VMAP_STACK, which is the default, gives a kernel stack at least a page: arch/arm64/include/asm/memory.h. */
const MIN_KERNEL_STACK = 2 ** 14;

/**
 * Linux on arm64. Which page size and how many bits is the kernel's configuration.
 *
 * @param mmapRandomBits ARCH_MMAP_RND_BITS_MIN by page size, arch/arm64/Kconfig
 */
function linuxArm64(id: string, name: string, geometry: Geometry, mmapRandomBits: number): System {
  const { pageSize, userBits } = geometry;
  // DEFAULT_MAP_WINDOW_64, arch/arm64/include/asm/processor.h: 2^VA_BITS up to 48 bits.
  const stackTop = 2 ** userBits;
  return {
    id,
    name,
    machine: 'arm64',
    class: 64,
    geometry,
    addressSpace: linuxAddressSpace(geometry, {
      stackTop,
      elfBase: Math.floor((2 * stackTop) / 3), // arch/arm64/include/asm/elf.h
      stackPositions: 2 ** 30 / pageSize, // STACK_RND_MASK, arch/arm64/include/asm/elf.h: 1 GiB
      mmapRandomBits,
      heapRange: 2 ** 30, // arch_randomize_brk, mm/util.c
      stackGapBytes: pageSize, // arch_align_stack, arch/arm64/kernel/process.c
      auxiliaryEntries: 23, // as on x86-64: create_elf_tables, and ARCH_DLINFO's two
      vdso: undefined, // arch/arm64/kernel/vdso.c: the size of its code is the build's
      alignsHuge: true,
    }),
    kernel: kernelStackOnly(Math.max(MIN_KERNEL_STACK, pageSize)),
    residentCountsTables: false,
  };
}

/** As distribution kernels are configured. */
export const LINUX_ARM64_4K_48 = linuxArm64(
  'linux-arm64-4k-48',
  msg('Linux, arm64, 4 KiB pages, 48 bits'),
  ARM64_4K_48,
  18,
);
export const LINUX_ARM64_4K_39 = linuxArm64(
  'linux-arm64-4k-39',
  msg('Linux, arm64, 4 KiB pages, 39 bits'),
  ARM64_4K_39,
  18,
);
export const LINUX_ARM64_16K = linuxArm64(
  'linux-arm64-16k',
  msg('Linux, arm64, 16 KiB pages, 47 bits'),
  ARM64_16K_47,
  16,
);
export const LINUX_ARM64_64K = linuxArm64(
  'linux-arm64-64k',
  msg('Linux, arm64, 64 KiB pages, 42 bits'),
  ARM64_64K_42,
  14,
);
