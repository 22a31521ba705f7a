import type { RuleId } from './rules.js';
import type { Runs } from './runs.js';
import type { StaticStartUp } from './static-start-up.js';

/** What the loading of one object depends on besides its headers. */
export interface Loading {
  /** File name, for people and row ids. */
  readonly name: string;
  readonly role: 'program' | 'interpreter' | 'library';
  readonly pageSize: number;
  /** Whether someone applies its relocations before main(): itself, or the dynamic loader. */
  readonly relocated: boolean;
  /** Whether the RELRO part is write-protected after that, which splits its region. */
  readonly protectsRelro: boolean;
  /** Whether the loader clears what is left of writable segments' first and last pages, and gives it to malloc. */
  readonly donatesEnds: boolean;
  /** What its own start-up code is known to write, when it is not relocated. */
  readonly startUp?: StaticStartUp;
  /** Whether someone reads its headers: the loader, or the start-up code of its C library. */
  readonly readsHeaders: boolean;
  /** Whether someone writes to .dynamic: what glibc reckons with its addresses, and where debuggers look. */
  readonly writesDynamic: boolean;
  /** Pages of a bss in use, counted from its first. */
  readonly bssPages: (bss: Bss) => BssUse;
  /** Rule for the bss figure. */
  readonly bssRule: RuleId;
  /** Whether the last page of the last bss is in use besides. */
  readonly bssEndUsed?: boolean | undefined;
}

/** Pages of a bss: those that are known to be written, and those that a guess or the workload adds. */
export interface BssUse {
  readonly known: Runs;
  readonly taken: Runs;
}

/** The pages of a segment that are not the file's, the first as linked, and the bytes in them. */
export interface Bss {
  readonly start: number;
  readonly pages: number;
  readonly bytes: number;
}
