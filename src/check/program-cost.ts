import type { Binary } from '../binary/binary.js';
import type { Cost } from '../model/cost.js';
import { estimate } from '../model/estimate.js';
import { START_UP } from '../model/workload.js';
import { loadProgram } from '../program/load-program.js';
import { readObject, readStart } from '../program/read-object.js';

/** A file that may be a program. */
export interface Candidate {
  /** Absolute. */
  readonly path: string;
  /** What it is started as: its path is on its stack. */
  readonly name: string;
  /** Absolute; undefined for this machine's own files. */
  readonly sysroot: string | undefined;
}

/** What a program costs at its start-up, on the system it is made for; or why that cannot be said. */
export function programCost({ path, name, sysroot }: Candidate, aslr: boolean): Cost | string {
  const { program, diagnostics } = loadProgram(path, sysroot);
  if (!program) return diagnostics[0]?.message ?? 'It is no program.';
  const conditions = { system: undefined, workload: START_UP, aslr };
  const estimated = estimate({ ...program, path: name }, conditions);
  const why = estimated.diagnostics.at(-1)?.message ?? 'There is no estimate of it.';
  return estimated.cost ?? why;
}

/**
 * Whether a file is to be started, as object files, core dumps and most shared objects are not; nor is
 * anything that is not ELF. One that cannot be read may be.
 */
export function mayBeProgram({ path }: Candidate): boolean {
  const start = readStart(path, ELF.length, []);
  if (!start) return true;
  if (!ELF.every((byte, i) => start[i] === byte)) return false;
  const opened = readObject(path, []);
  return !('value' in opened) || !opened.value.binary || isStarted(opened.value.binary);
}

/** The first bytes of every ELF file (gABI chapter 4, e_ident). */
const ELF = [0x7f, 0x45, 0x4c, 0x46];

const isStarted = ({ type, interpreter, dynamic }: Binary): boolean =>
  type === 'executable' ||
  (type === 'shared' && (interpreter !== undefined || dynamic?.pie === true));
