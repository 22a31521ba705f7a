import type { Diagnostic } from '../binary/diagnostic.js';
import { atOnce, type Steps } from '../steps.js';
import { cLibraryOn } from '../system/c-library.js';
import { detectCLibrary, detectSystem } from '../system/detect.js';
import type { System } from '../system/system.js';
import type { Estimate } from './cost.js';
import { freeBsdProcess } from './freebsd-process.js';
import { linuxProcess } from './linux-process.js';
import { makeCost } from './make-cost.js';
import { blocksAt, type Process } from './process.js';
import type { Program } from './program.js';
import { loadable, misfit, refusalOf } from './refusal.js';
import { remarksOn } from './remarks.js';
import { type Sums, sumsOf, tablesForSums } from './sums.js';
import { commonPlacement, tableCounts } from './table-counts.js';
import { choose, type Made, type Subject, type WhatIf } from './what-if.js';
import { WHAT_IFS } from './what-ifs.js';
import type { Workload } from './workload.js';

/** What an estimate depends on besides the program. */
export interface Conditions {
  /** The system to estimate for; undefined for the one the binary is made for. */
  readonly system: System | undefined;
  readonly workload: Workload;
  /** Whether the kernel randomises addresses; ignored by systems that never do. */
  readonly aslr: boolean;
  /** Ids of what-ifs, in any order; none where not said. */
  readonly whatIfs?: readonly string[];
}

/**
 * What one more process of a program costs. Pure: the same program and conditions give the same
 * cost. Where there can be no process, the diagnostics say why. Never throws on what is in the files
 * or what the workload asks for.
 */
export const estimate = (asked: Program, conditions: Conditions): Estimate =>
  atOnce(estimating(asked, conditions));

/** The same in steps: the first one of a program with many libraries takes longer than others should wait. */
export function* estimating(asked: Program, conditions: Conditions): Steps<Estimate> {
  const { diagnostics } = asked.binary;
  const refused = (why: Diagnostic | undefined): Estimate => ({
    cost: undefined,
    leftOut: [],
    diagnostics: [...diagnostics, ...(why ? [why] : [])],
  });
  const found = subjectOf(asked, conditions);
  if (!('subject' in found)) return refused(found.refusal);

  const { chosen, leftOut, subject } = choose(WHAT_IFS, conditions.whatIfs ?? [], found.subject);
  const changed = chosen.length > 0 && refusalOf(subject.program, subject.system);
  if (changed) return refused(changed);
  const made = yield* layingOut(subject, chosen, tableCounts);
  const crowded = misfit(made.drawn, subject.system);
  if (crowded) return refused(crowded);
  yield;
  const remarks = remarksOn(found.subject, found.sureOfCLibrary);
  return { cost: makeCost(made, chosen), leftOut, diagnostics: [...diagnostics, ...remarks] };
}

/** Only the sums of the cost that `estimate` gives without what-ifs, at a fraction of its price. */
export function estimateSums(
  asked: Program,
  conditions: Omit<Conditions, 'whatIfs'>,
): Sums | { readonly refusal: Diagnostic | undefined } {
  const found = subjectOf(asked, conditions);
  if (!('subject' in found)) return found;
  const made = atOnce(layingOut(found.subject, [], tablesForSums));
  const refusal = misfit(made.drawn, found.subject.system);
  return refusal ? { refusal } : sumsOf(made);
}

/** What is to be estimated, or why there is nothing to. */
function subjectOf(
  asked: Program,
  { system: wanted, workload, aslr }: Conditions,
):
  | { readonly subject: Subject; readonly sureOfCLibrary: boolean }
  | { readonly refusal: Diagnostic | undefined } {
  const system = wanted ?? detectSystem(asked.binary);
  const refusal = refusalOf(asked, system);
  if (refusal || !system) return { refusal };
  const detected = detectCLibrary(asked.binary, system);
  const cLibrary = cLibraryOn(detected.id, system.machine);
  const program = loadable(asked, system);
  return {
    subject: { program, system, cLibrary, workload, aslr },
    sureOfCLibrary: detected.sure,
  };
}

function* layingOut(
  subject: Subject,
  chosen: readonly WhatIf[],
  counter: typeof tableCounts,
): Steps<Made> {
  const process = chosen.reduce(
    (p, whatIf) => whatIf.layout?.(p, subject) ?? p,
    processOf(subject),
  );
  yield;
  const counts = counter(process, subject.system.geometry);
  yield;
  return { subject, process, counts, drawn: blocksAt(process.parts, commonPlacement(counts)) };
}

function processOf({ program, system, cLibrary, workload, aslr }: Subject): Process {
  const { addressSpace } = system;
  return addressSpace.kind === 'linux'
    ? linuxProcess(program, { ...system, addressSpace }, cLibrary, workload, aslr)
    : freeBsdProcess(program, { ...system, addressSpace }, cLibrary, workload);
}
