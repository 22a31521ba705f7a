import { closeSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ELF_BYTES, isElf } from '../../src/binary/elf-header.js';
import type { ByteSource } from '../../src/binary/source.js';
import { fileSource } from '../../src/program/file-source.js';

/** Where a machine keeps its programs and libraries. */
export const SYSTEM_DIRECTORIES = ['/usr/bin', '/usr/lib'] as const;

/** Every ELF file below the directories, links not followed, sorted by path. */
export function elfFiles(directories: readonly string[]): string[] {
  return directories.flatMap(regularFiles).filter(holdsElf).sort();
}

/**
 * `count` of the files: the biggest tenth, and of the others every n-th, so that the same files give
 * the same sample.
 */
export function sampleOf(files: readonly string[], count: number): string[] {
  const size = new Map(files.map((path) => [path, statSync(path).size]));
  const bySize = [...files].sort((a, b) => (size.get(b) ?? 0) - (size.get(a) ?? 0));
  const big = bySize.slice(0, Math.ceil(count / 10));
  const others = files.filter((path) => !big.includes(path));
  const step = Math.max(1, Math.floor(others.length / (count - big.length)));
  return [...big, ...others.filter((_, i) => i % step === 0)].slice(0, count);
}

/** Opens the file for as long as `use` runs. */
export function withSource<T>(path: string, use: (source: ByteSource) => T): T {
  const descriptor = openSync(path, 'r');
  try {
    return use(fileSource(descriptor, statSync(path).size));
  } finally {
    closeSync(descriptor);
  }
}

function regularFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return regularFiles(path);
    return entry.isFile() ? [path] : [];
  });
}

const holdsElf = (path: string): boolean =>
  withSource(path, (source) => isElf(source.read(0, ELF_BYTES)));
