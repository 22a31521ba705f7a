import { FREEBSD_4_8_I386 } from './freebsd-4.8-i386.js';
import { LINUX_X86_64, LINUX_X86_64_PTI } from './linux-x86-64.js';
import type { System } from './system.js';

/** Every system there is to choose from. */
export const SYSTEMS: readonly System[] = [LINUX_X86_64, LINUX_X86_64_PTI, FREEBSD_4_8_I386];

export const systemById = (id: string): System | undefined => SYSTEMS.find((s) => s.id === id);
