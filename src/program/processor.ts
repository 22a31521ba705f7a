import { closeSync, openSync, readSync } from 'node:fs';

/**
 * The processor's levels of the x86-64 psABI above the base, best first, as glibc ≥ 2.33 searches
 * them (elf/dl-hwcaps_subdirs.c); each needs the ones below it. Names of flags as in /proc/cpuinfo;
 * LZCNT is left out, as it comes with BMI1 and some virtual machines' kernels do not show it.
 */
const LEVELS: readonly (readonly [string, readonly string[]])[] = [
  ['x86-64-v2', ['cx16', 'lahf_lm', 'popcnt', 'pni', 'sse4_1', 'sse4_2', 'ssse3']],
  ['x86-64-v3', ['avx', 'avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'movbe', 'xsave']],
  ['x86-64-v4', ['avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl']],
];

/** The flags of the first processor stand within the first 2 KiB or so. */
const HEAD = 8192;

let known: readonly string[] | undefined;

/** Names of the glibc-hwcaps subdirectories this machine's processor is good for, best first. */
export function processorLevels(): readonly string[] {
  known ??= levelsOf(cpuInfo());
  return known;
}

/** The same of the text of /proc/cpuinfo; empty where it names no x86 flags. */
export function levelsOf(cpuInfo: string): readonly string[] {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(cpuInfo)?.[1]?.trim().split(/\s+/));
  const levels: string[] = [];
  for (const [name, needed] of LEVELS) {
    if (!needed.every((flag) => flags.has(flag))) break;
    levels.unshift(name);
  }
  return levels;
}

function cpuInfo(): string {
  try {
    const descriptor = openSync('/proc/cpuinfo', 'r');
    try {
      const bytes = new Uint8Array(HEAD);
      return new TextDecoder().decode(bytes.subarray(0, readSync(descriptor, bytes, 0, HEAD, 0)));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}
