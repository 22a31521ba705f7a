import * as l10n from '@vscode/l10n';
import type { CLibrary } from '../system/c-library.js';
import type { System } from '../system/system.js';
import type { Row } from './cost.js';
import type { Placed } from './mapping.js';
import type { Process } from './process.js';
import type { Program } from './program.js';
import type { TableCounts } from './table-counts.js';
import type { Workload } from './workload.js';

/** Everything that an estimate is made from. */
export interface Subject {
  readonly program: Program;
  readonly system: System;
  readonly cLibrary: CLibrary;
  readonly workload: Workload;
  readonly aslr: boolean;
}

/**
 * Another way to lay a process out, as data: a page the linker, the kernel or the allocator could save.
 * Adding one is adding one of these to `WHAT_IFS`. Any set of them that do not exclude each other can be
 * chosen; each changes only what it is about, in the order of that list, so that a set has one result.
 */
export interface WhatIf {
  /** As `--what-if` takes it. */
  readonly id: string;
  readonly title: string;
  readonly origin: 'june-2003' | 'today';
  /** What changes; a sentence for people, as the three that follow. */
  readonly change: string;
  /** What it costs elsewhere: time, security, address space, portability. */
  readonly price: string;
  /** Why it may save nothing, for programs of which that is so. */
  readonly nothing: string;
  /** How to have it now; undefined where no system offers it. */
  readonly howTo: HowTo | undefined;
  readonly source: string;
  /** Ids of those that cannot be had together with it. */
  readonly excludes: readonly string[];
  /** Why a subject cannot have it; undefined where it can. */
  obstacle(subject: Subject): string | undefined;
  /** The subject with another binary, kernel or C library. */
  subject?(subject: Subject): Subject;
  /** The process with its regions laid out or used in another way. */
  layout?(process: Process, subject: Subject): Process;
  /** The ledger, where something is kept in another way than in pages of the process. */
  rows?(rows: readonly Row[], made: Made): readonly Row[];
}

export interface HowTo {
  readonly text: string;
  /** Flags, a command or a script, as they are; undefined where words are enough. */
  readonly snippet: string | undefined;
}

/** A process laid out, from which the rows are made. */
export interface Made {
  readonly subject: Subject;
  readonly process: Process;
  readonly counts: TableCounts;
  /** All blocks in the placement that the tables, and every picture, are drawn at. */
  readonly drawn: readonly Placed[];
}

/** A reason why a what-if that was asked for is left out. */
export interface LeftOut {
  readonly id: string;
  readonly reason: string;
}

/**
 * Those of `all` that were asked for and that the subject can have, in the order of `all`; the others, and
 * unknown ids, with the reason, and the subject as the chosen ones leave it. What one can have may depend on
 * those before it. Of two that exclude each other the first is taken.
 */
export function choose(
  all: readonly WhatIf[],
  ids: readonly string[],
  plain: Subject,
): { chosen: readonly WhatIf[]; leftOut: readonly LeftOut[]; subject: Subject } {
  let subject = plain;
  const chosen: WhatIf[] = [];
  const leftOut = ids
    .filter((id) => !all.some((whatIf) => whatIf.id === id))
    .map((id): LeftOut => ({ id, reason: l10n.t('There is no such what-if.') }));
  for (const whatIf of all.filter(({ id }) => ids.includes(id))) {
    const rival = chosen.find((other) => excludes(other, whatIf));
    const reason = rival
      ? l10n.t('It cannot be had with {0}.', rival.id)
      : whatIf.obstacle(subject);
    if (reason === undefined) {
      chosen.push(whatIf);
      subject = whatIf.subject?.(subject) ?? subject;
    } else {
      leftOut.push({ id: whatIf.id, reason });
    }
  }
  return { chosen, leftOut, subject };
}

/** Whether two cannot be had together; one of them saying so is enough. */
export const excludes = (a: WhatIf, b: WhatIf): boolean =>
  a.excludes.includes(b.id) || b.excludes.includes(a.id);
