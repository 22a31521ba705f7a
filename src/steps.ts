/** Work in steps: between two of them it may be laid aside. Its result is that of the last. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/**
 * Of an extension host that all extensions share, or a panel that is drawn meanwhile, in ms. The last step of a
 * slice goes beyond it: the longest one takes some 35 ms where it is code that never ran before, and nothing should
 * wait longer than 50.
 */
const SLICE = 10;

/** Does all of it without laying it aside. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Does it in slices, and lets whatever else waits for the thread happen before each, and before the result is used. */
export async function inSlices<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    await pause();
    const end = performance.now() + SLICE;
    let step = steps.next();
    while (!step.done && performance.now() < end) step = steps.next();
    if (!step.done) continue;
    await pause();
    return step.value;
  }
}

/** Lets whatever else waits for the thread happen. */
export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
