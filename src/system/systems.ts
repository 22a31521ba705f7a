import { FREEBSD_4_8_I386 } from './freebsd-4.8-i386.js';
import {
  LINUX_ARM64_4K_39,
  LINUX_ARM64_4K_48,
  LINUX_ARM64_16K,
  LINUX_ARM64_64K,
} from './linux-arm64.js';
import { LINUX_I386, LINUX_I386_PAE } from './linux-i386.js';
import { LINUX_RISCV64_SV39, LINUX_RISCV64_SV48 } from './linux-riscv64.js';
import { LINUX_X86_64, LINUX_X86_64_LA57, LINUX_X86_64_PTI } from './linux-x86-64.js';
import type { System } from './system.js';

/** Every system there is to choose from; of those a binary is for, the commonest comes first. */
export const SYSTEMS: readonly System[] = [
  LINUX_X86_64,
  LINUX_X86_64_PTI,
  LINUX_X86_64_LA57,
  LINUX_I386_PAE,
  LINUX_I386,
  LINUX_ARM64_4K_48,
  LINUX_ARM64_4K_39,
  LINUX_ARM64_16K,
  LINUX_ARM64_64K,
  LINUX_RISCV64_SV39,
  LINUX_RISCV64_SV48,
  FREEBSD_4_8_I386,
];

export const systemById = (id: string): System | undefined => SYSTEMS.find((s) => s.id === id);
