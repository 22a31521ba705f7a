import type { System } from '../system/system.js';
import type { Estimate } from './cost.js';
import type { Program } from './program.js';
import type { Workload } from './workload.js';

/** What an estimate depends on besides the program. */
export interface Conditions {
  /** The system to estimate for; undefined for the one the binary is made for. */
  readonly system: System | undefined;
  readonly workload: Workload;
  /** Whether the kernel randomises addresses; ignored by systems that never do. */
  readonly aslr: boolean;
}

export function estimate(program: Program, conditions: Conditions): Estimate {
  void program;
  void conditions;
  throw new Error('being written');
}
