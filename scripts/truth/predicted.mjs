import { environmentOf } from './live.mjs';
import { product, SYSTEM } from './product.mjs';

/** The estimate of a program as it is started here, with what-ifs; undefined where there is none. */
export function predicted({ path, args, heap }, aslr, whatIfs = []) {
  const { program } = product.loadProgram(path);
  const workload = { ...product.START_UP, heap, environment: environmentOf(args) };
  return program && product.estimate(program, { system: SYSTEM, workload, aslr, whatIfs }).cost;
}
