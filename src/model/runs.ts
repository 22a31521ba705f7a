/**
 * Sets of whole numbers as sorted, disjoint, half-open runs: [start, end, start, end, …]. All of the
 * model works on these and never on single pages: a terabyte of bss is one run.
 */
export type Runs = readonly number[];

export const NO_RUNS: Runs = [];

/** The run of `length` numbers from `start`; empty for a length of zero or less. */
export const run = (start: number, length: number): Runs =>
  length > 0 ? [start, start + length] : NO_RUNS;

/** How many numbers are in the set. */
export function count(runs: Runs): number {
  let sum = 0;
  for (let i = 0; i < runs.length; i += 2) sum += at(runs, i + 1) - at(runs, i);
  return sum;
}

/** The union of any number of sets. */
export function union(...sets: readonly Runs[]): Runs {
  const pairs: [number, number][] = [];
  for (const runs of sets) eachRun(runs, (start, end) => pairs.push([start, end]));
  pairs.sort((a, b) => a[0] - b[0]);
  return merge(pairs);
}

/** What two sets have in common. */
export function intersect(a: Runs, b: Runs): Runs {
  const common: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const start = Math.max(at(a, i), at(b, j));
    const end = Math.min(at(a, i + 1), at(b, j + 1));
    if (start < end) common.push(start, end);
    if (at(a, i + 1) < at(b, j + 1)) i += 2;
    else j += 2;
  }
  return common;
}

/** What of `a` is not in `b`. */
export function subtract(a: Runs, b: Runs): Runs {
  const left: number[] = [];
  let j = 0;
  eachRun(a, (start, end) => {
    let from = start;
    while (j < b.length && at(b, j + 1) <= from) j += 2;
    for (let k = j; k < b.length && at(b, k) < end; k += 2) {
      if (at(b, k) > from) left.push(from, at(b, k));
      from = Math.max(from, at(b, k + 1));
    }
    if (from < end) left.push(from, end);
  });
  return left;
}

/** The set moved by `by`. */
export const shift = (runs: Runs, by: number): Runs => runs.map((n) => n + by);

/** The blocks of `size` numbers that hold any of the set: pages of bytes, tables of pages. */
export function coarsen(runs: Runs, size: number): Runs {
  const pairs: [number, number][] = [];
  eachRun(runs, (start, end) => pairs.push([Math.floor(start / size), Math.ceil(end / size)]));
  return merge(pairs);
}

/** Calls `use` with each run, in order. */
export function eachRun(runs: Runs, use: (start: number, end: number) => void): void {
  for (let i = 0; i < runs.length; i += 2) use(at(runs, i), at(runs, i + 1));
}

/** The first `most` runs as [start, end], in order. */
export const runPairs = (runs: Runs, most: number): (readonly [number, number])[] =>
  Array.from({ length: Math.min(most, runs.length / 2) }, (_, i) => [
    at(runs, 2 * i),
    at(runs, 2 * i + 1),
  ]);

const at = (runs: Runs, index: number) => runs[index] as number;

/** Joins touching pairs, sorted by start. */
function merge(pairs: readonly (readonly [number, number])[]): Runs {
  const merged: number[] = [];
  for (const [start, end] of pairs) {
    const last = merged.length - 1;
    if (last > 0 && start <= at(merged, last)) merged[last] = Math.max(at(merged, last), end);
    else if (end > start) merged.push(start, end);
  }
  return merged;
}
