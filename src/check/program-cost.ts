import * as l10n from '@vscode/l10n';
import type { Binary } from '../binary/binary.js';
import { cutOff, type Diagnostic } from '../binary/diagnostic.js';
import { readIfStarted } from '../binary/elf-started.js';
import type { Cost } from '../model/cost.js';
import { type Conditions, estimate, estimateSums } from '../model/estimate.js';
import type { Program } from '../model/program.js';
import type { Sums } from '../model/sums.js';
import { START_UP } from '../model/workload.js';
import { msg } from '../msg.js';
import { loadProgram } from '../program/load-program.js';
import { withFile } from '../program/open-file.js';

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
  if (!program) return diagnostics[0]?.message ?? l10n.t(NO_PROGRAM);
  return startUpCost({ ...program, path: name }, aslr);
}

/** The same of a program that is read already. */
function startUpCost(program: Program, aslr: boolean): Cost | string {
  const { cost, diagnostics } = estimate(program, atStartUp(aslr));
  return whyInPart(program) ?? cost ?? why(diagnostics);
}

/** The same in sum only. */
export function startUpSums(program: Program, aslr: boolean): Sums | string {
  const inPart = whyInPart(program);
  if (inPart !== undefined) return inPart;
  const sums = estimateSums(program, atStartUp(aslr));
  if (!('refusal' in sums)) return sums;
  return why(sums.refusal ? [sums.refusal] : program.binary.diagnostics);
}

/** Why a figure would be of a part of a program only: in a ranking and in a check nothing stands beside it. */
const whyInPart = ({ binary }: Program): string | undefined => cutOff(binary.diagnostics)?.message;

const atStartUp = (aslr: boolean): Conditions => ({ system: undefined, workload: START_UP, aslr });

const why = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.at(-1)?.message ?? l10n.t('There is no estimate of it.');

/**
 * Whether a file is to be started, as object files, core dumps and most shared objects are not; nor is
 * anything that is not ELF. One that cannot be read may be.
 */
export const mayBeProgram = ({ path }: Pick<Candidate, 'path'>): boolean =>
  startedBinary(path) !== undefined;

/** The binary of a file that is to be started; undefined of any other; a string says why it cannot be read. */
export function startedBinary(path: string): Binary | string | undefined {
  const opened = withFile(path, ({ source }) => readIfStarted(source));
  if (!('value' in opened)) return opened.problem;
  if (!opened.value) return undefined;
  const { binary, diagnostics } = opened.value;
  return binary ?? diagnostics[0]?.message ?? l10n.t(NO_PROGRAM);
}

const NO_PROGRAM = msg('It is no program.');
