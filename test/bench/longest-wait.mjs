import { spawnSync } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { loadTypeScript } from '../../scripts/load-typescript.mjs';
import { median } from './contest.mjs';

const RUNS = 5;
const SELF = fileURLToPath(import.meta.url);

/**
 * The longest time in ms that anything else would wait for the thread while a program is read with its symbols
 * and estimated for the first time, as src/editor/binaries/reading.ts does it: the median of some new processes.
 *
 * @param {string} path
 */
export function longestWait(path) {
  const waits = Array.from({ length: RUNS }, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [SELF, path]);
    if (status !== 0) throw new Error(`${path}: ${stderr}`);
    return Number(stdout);
  });
  return median(waits);
}

if (process.argv[1] === SELF) {
  const product = await loadTypeScript(
    'src/format.ts',
    'src/model/estimate.ts',
    'src/model/workload.ts',
    'src/program/debug-file.ts',
    'src/program/load-program.ts',
    'src/steps.ts',
  );
  const [path] = process.argv.slice(2);
  const conditions = { system: undefined, workload: product.START_UP };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await product.pause();
  delay.enable();
  const { program } = await product.inSlices(product.loadingProgram(path));
  await product.pause();
  for (const aslr of [false, true]) {
    await product.inSlices(product.estimating(program, { ...conditions, aslr }));
  }
  product.integer(0);
  await product.pause();
  await product.inSlices(product.loadingSymbols(path, program.binary));
  delay.disable();
  console.log(delay.max / 1e6);
}
