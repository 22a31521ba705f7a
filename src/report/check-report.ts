import type { LimitKind } from '../budget/budget.js';
import type { Problem } from '../budget/json-text.js';
import type { Judged, Status } from '../budget/judge.js';
import type { Cost } from '../model/cost.js';
import { msg } from '../msg.js';

/** A program beside one budget that names it. */
export interface CheckedFile {
  /** From the folder of the budgets. */
  readonly file: string;
  readonly aslr: boolean;
  readonly cost: Cost;
  readonly limits: readonly Judged[];
}

/** Everything there is to say of a folder's budgets. */
export interface Checked {
  readonly files: readonly CheckedFile[];
  readonly problems: readonly Problem[];
}

/**
 * A check as plain data, from which the text and Markdown are written and which is the JSON document
 * (media/pagecost.schema.json). What is not known is null, never 0.
 */
export interface CheckReport {
  readonly format: 'pagecost-check/1';
  /** The budget file. */
  readonly budgets: string;
  /** `over` if a limit is exceeded; else `unknown` if one may be, or there is a problem; else `within`. */
  readonly status: Status;
  readonly files: readonly CheckedFileFacts[];
  readonly problems: readonly ProblemFacts[];
}

export interface CheckedFileFacts {
  readonly file: string;
  readonly system: string;
  readonly aslr: boolean;
  readonly limits: readonly LimitFacts[];
}

export interface LimitFacts {
  readonly kind: LimitKind;
  /** Bytes or pages, by the kind, as the two that follow. */
  readonly limit: number;
  readonly actual: number | null;
  /** Null where the limit is not exceeded. */
  readonly overBy: number | null;
  /** Whether the actual amount, and with it the excess, is a lower bound. */
  readonly atLeast: boolean;
  readonly status: Status;
}

export interface ProblemFacts {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly field: string | null;
  readonly message: string;
}

export const checkReport = (budgets: string, { files, problems }: Checked): CheckReport => ({
  format: 'pagecost-check/1',
  budgets,
  status: statusOf(files, problems),
  files: files.map(({ file, aslr, cost, limits }) => ({
    file,
    system: cost.system,
    aslr,
    limits: limits.map(limitFacts),
  })),
  problems: problems.map(({ file, place, field, message }) => ({
    file,
    line: place?.line ?? null,
    column: place?.column ?? null,
    field: field || null,
    message,
  })),
});

function statusOf(files: readonly CheckedFile[], problems: readonly Problem[]): Status {
  const statuses = new Set(files.flatMap(({ limits }) => limits.map(({ status }) => status)));
  if (statuses.has('over')) return 'over';
  return statuses.has('unknown') || problems.length > 0 ? 'unknown' : 'within';
}

export const limitFacts = ({ limit, actual, atLeast, status }: Judged): LimitFacts => ({
  kind: limit.kind,
  limit: limit.most,
  actual: actual ?? null,
  overBy: status === 'over' && actual !== undefined ? excess(actual, limit.most) : null,
  atLeast,
  status,
});

/** To a hundredth, as the amounts are: 12.04 - 12 is 0.0399… in a double. */
const excess = (actual: number, most: number): number => Math.round((actual - most) * 100) / 100;

/** What is limited, in words behind a number. */
export const KIND_WORDS: Readonly<Record<LimitKind, string>> = {
  perProcessBytes: msg('bytes per process'),
  privatePages: msg('private pages'),
  tablePages: msg('table pages'),
  growthBytes: msg('bytes of growth'),
};
