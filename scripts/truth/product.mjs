import { join } from 'node:path';
import { loadTypeScript } from '../load-typescript.mjs';
import { ROOT } from '../root.mjs';

/** What of the product is put to the test, and what of it helps. */
export const product = await loadTypeScript(
  'src/measure/end-family.ts',
  'src/measure/family.ts',
  'src/measure/instance.ts',
  'src/measure/object-names.ts',
  'src/measure/process-memory.ts',
  'src/measure/run-and-measure.ts',
  'src/measure/settle.ts',
  'src/measure/this-system.ts',
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

/** This machine's kernel, to programs like ours. */
export const SYSTEM = product.thisSystem(
  product.loadProgram(join(ROOT, 'sample/tiny-nolibc')).program.binary,
);
if (!SYSTEM) throw new Error('This machine is none of the systems that the model knows.');
