import { closeSync, openSync, truncateSync, writeSync } from 'node:fs';
import { buildElf, headerFields, withField } from './elf-builder.js';

export const SPARSE_SIZE = 96 * 2 ** 30;

/** Writes an ELF program of 96 GiB that takes a few KiB of disk: its section table is at the far end. */
export function writeSparseElf(path: string): void {
  const image = buildElf({
    class: 64,
    machine: 62,
    entry: 0x401000,
    segments: [
      { flags: 5, offset: 0, address: 0x400000, fileSize: SPARSE_SIZE - 4096 },
      { flags: 6, memorySize: 2 ** 40, address: 2 ** 40, offset: 0 },
    ],
    sections: [
      { name: '.text', flags: 6, address: 0x401000, size: SPARSE_SIZE - 8192 },
      { name: '.bss', type: 8, flags: 3, address: 2 ** 40, size: 2 ** 40 },
    ],
  });
  const table = headerFields(image).find(({ name }) => name === 'sh_name of section 0');
  const field = headerFields(image).find(({ name }) => name === 'e_shoff');
  if (!table || !field) throw new Error('an image without a section table');
  const sections = image.subarray(table.offset);
  const file = openSync(path, 'w');
  try {
    const end = SPARSE_SIZE - sections.length;
    writeSync(file, withField(image, field, end).subarray(0, table.offset), 0, table.offset, 0);
    truncateSync(path, SPARSE_SIZE);
    writeSync(file, sections, 0, sections.length, end);
  } finally {
    closeSync(file);
  }
}
