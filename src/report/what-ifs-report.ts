import type { Saving } from '../model/savings.js';
import type { HowTo, WhatIf } from '../model/what-if.js';
import type { CostReport } from './report.js';

/** The version goes up when a field changes its meaning or leaves; new fields may come any time. */
export const WHAT_IFS_FORMAT = 'pagecost-what-if/1';

/**
 * Every what-if and what it alone would save: plain data, from which the text is written and which is
 * the JSON document (media/pagecost.schema.json). What does not apply or is not known is null, never 0.
 */
export interface WhatIfsReport {
  readonly format: typeof WHAT_IFS_FORMAT;
  /** Without any. */
  readonly estimate: CostReport;
  /** Those that save most of all processes first; those without a number last. */
  readonly whatIfs: readonly WhatIfFacts[];
}

export interface WhatIfFacts
  extends Pick<WhatIf, 'id' | 'title' | 'origin' | 'change' | 'price' | 'source' | 'excludes'> {
  readonly howTo: { readonly text: string; readonly snippet: string | null } | null;
  /** Why there is no number, or why it saves nothing; null where it saves something. */
  readonly why: string | null;
  /** Bytes less; negative where it costs more. Null where the program cannot have it. */
  readonly saving: SavedBytes | null;
}

export interface SavedBytes {
  readonly perProcess: number;
  readonly sharedOnce: number;
  /** Of as many processes as the report is for. */
  readonly total: number;
  /** Whether something is not known of what it costs then, so that it saves this at most. */
  readonly atMost: boolean;
}

export function whatIfsReport(estimate: CostReport, savings: readonly Saving[]): WhatIfsReport {
  const facts = savings.map((saving) => whatIfFacts(saving, estimate.processes));
  return {
    format: WHAT_IFS_FORMAT,
    estimate,
    whatIfs: facts.sort((a, b) => rank(b) - rank(a)),
  };
}

const rank = ({ saving }: WhatIfFacts): number => saving?.total ?? Number.NEGATIVE_INFINITY;

function whatIfFacts(saved: Saving, processes: number): WhatIfFacts {
  const { whatIf, obstacle, perProcess, sharedOnce, atMost = false } = saved;
  const { id, title, origin, change, price, source, excludes, nothing } = whatIf;
  const total = sharedOnce + processes * perProcess;
  return {
    id,
    title,
    origin,
    change,
    price,
    source,
    excludes,
    howTo: howToFacts(whatIf.howTo),
    why: obstacle ?? (total === 0 ? nothing : null),
    saving: obstacle === undefined ? { perProcess, sharedOnce, total, atMost } : null,
  };
}

const howToFacts = (howTo: HowTo | undefined): WhatIfFacts['howTo'] =>
  howTo ? { text: howTo.text, snippet: howTo.snippet ?? null } : null;
