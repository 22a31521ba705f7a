import { readFileSync } from 'node:fs';
import { loadTypeScript } from '../load-typescript.mjs';

/** What of the product is put to the test, and what of it helps. */
export const product = await loadTypeScript(
  'src/measure/end-family.ts',
  'src/measure/family.ts',
  'src/measure/instance.ts',
  'src/measure/object-names.ts',
  'src/measure/process-memory.ts',
  'src/measure/run-and-measure.ts',
  'src/measure/settle.ts',
  'src/model/compare.ts',
  'src/model/estimate.ts',
  'src/model/live-tables.ts',
  'src/model/runs.ts',
  'src/model/workload.ts',
  'src/program/load-program.ts',
  'src/system/systems.ts',
  'test/support/elf-files.ts',
);

export const PAGE = 4096;

/** This machine's kernel; the flag is there where page tables are isolated. */
export const SYSTEM = product.systemById(
  / pti( |$)/m.test(readFileSync('/proc/cpuinfo', 'utf8')) ? 'linux-x86-64-pti' : 'linux-x86-64',
);
