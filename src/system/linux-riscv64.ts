import { type Geometry, RISCV64_SV39, RISCV64_SV48 } from './geometry.js';
import { linuxAddressSpace, twoThirds } from './linux-address-space.js';
import { kernelStackOnly } from './linux-kernel-stack.js';
import type { System } from './system.js';

/** Linux on riscv64, which uses the largest of the formats that the processor has. */
function linuxRiscv64(id: string, name: string, geometry: Geometry): System {
  // DEFAULT_MAP_WINDOW, arch/riscv/include/asm/processor.h: half of the format's addresses.
  const stackTop = 2 ** geometry.userBits;
  return {
    id,
    name,
    machine: 'riscv',
    class: 64,
    geometry,
    addressSpace: linuxAddressSpace(geometry, {
      stackTop,
      elfBase: twoThirds(stackTop), // arch/riscv/include/asm/elf.h
      stackPositions: 2 ** 18, // STACK_RND_MASK, arch/riscv/include/asm/elf.h
      mmapRandomBits: 18, // ARCH_MMAP_RND_BITS_MIN, arch/riscv/Kconfig
      heapRange: 2 ** 30, // arch_randomize_brk, mm/util.c
      stackGapBytes: geometry.pageSize, // arch_align_stack, arch/riscv/kernel/process.c
      // create_elf_tables without AT_HWCAP2 and AT_PLATFORM; ten of ARCH_DLINFO instead of two.
      auxiliaryEntries: 29,
      vdso: undefined, // arch/riscv/kernel/vdso.c: the size of its code is the build's
      alignsHuge: true,
    }),
    // THREAD_SIZE_ORDER 2, arch/riscv/Kconfig.
    kernel: kernelStackOnly(4 * geometry.pageSize),
    residentCountsTables: false,
  };
}

/** What the processors of most boards have. */
export const LINUX_RISCV64_SV39 = linuxRiscv64(
  'linux-riscv64-sv39',
  'Linux, riscv64, Sv39',
  RISCV64_SV39,
);
export const LINUX_RISCV64_SV48 = linuxRiscv64(
  'linux-riscv64-sv48',
  'Linux, riscv64, Sv48',
  RISCV64_SV48,
);
