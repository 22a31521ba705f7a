import { readFileSync } from 'node:fs';
import type { Binary, Machine } from '../binary/binary.js';
import type { System } from '../system/system.js';
import { SYSTEMS } from '../system/systems.js';
import { readProc } from './proc.js';
import { parseSmaps } from './smaps.js';

/** What a running kernel tells of how it manages memory. */
export interface KernelFacts {
  readonly machine: Machine | undefined;
  /** Of the processor, as far as the kernel uses them (/proc/cpuinfo). */
  readonly flags: ReadonlySet<string>;
  readonly pageSize: number;
  /** First page above a stack: not far below the end of the address space. */
  readonly stackEnd: number;
}

/** By Node.js's name. A 32-bit Node.js does not know whether its kernel is a 64-bit one. */
const MACHINES: Readonly<Record<string, Machine>> = {
  x64: 'x86-64',
  arm64: 'arm64',
  riscv64: 'riscv',
};

/**
 * Which of our systems this machine is to a program; undefined where it is none of them. A 32-bit program on
 * a 64-bit kernel has that kernel's page tables, and so is on none of ours.
 */
export function thisSystem(binary: Binary): System | undefined {
  const facts = kernelFacts();
  return facts && matchingSystem(binary, facts);
}

/** Among systems that differ in the size of the address space, the smallest that holds the stack. */
export const matchingSystem = (binary: Binary, facts: KernelFacts): System | undefined =>
  SYSTEMS.filter((system) => matches(system, binary, facts)).sort(
    (a, b) => taskEnd(a) - taskEnd(b),
  )[0];

function matches(system: System, binary: Binary, facts: KernelFacts): boolean {
  const { machine, geometry } = system;
  return (
    machine === facts.machine &&
    machine === binary.machine &&
    system.class === binary.class &&
    geometry.pageSize === facts.pageSize &&
    taskEnd(system) >= facts.stackEnd &&
    (machine !== 'x86-64' || hasTablesOf(system, facts.flags))
  );
}

/**
 * The kernel shows `la57` where it uses five levels (early_identify_cpu, arch/x86/kernel/cpu/common.c), and
 * `pti` where it isolates page tables (arch/x86/mm/pti.c): two top tables.
 */
function hasTablesOf({ geometry }: System, flags: ReadonlySet<string>): boolean {
  const { levels, pageSize } = geometry;
  const isolated = (levels.at(-1)?.tableBytes ?? 0) > pageSize;
  return levels.length === (flags.has('la57') ? 5 : 4) && isolated === flags.has('pti');
}

const taskEnd = ({ addressSpace }: System): number =>
  addressSpace.kind === 'linux' ? addressSpace.taskEnd : 0;

function kernelFacts(): KernelFacts | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stack = parseSmaps(readProc(process.pid, 'smaps')).find(({ name }) => name === '[stack]');
    if (stack?.pageSize === undefined) return undefined;
    const [, flags = ''] = /^flags\s*: (.*)/m.exec(readFileSync('/proc/cpuinfo', 'utf8')) ?? [];
    return {
      machine: MACHINES[process.arch],
      flags: new Set(flags.split(' ')),
      pageSize: stack.pageSize,
      stackEnd: stack.end / stack.pageSize,
    };
  } catch {
    return undefined;
  }
}
