/** How long one slice may take before others have their turn: half of a frame. */
const SLICE_MS = 8;

/**
 * Works on many things without keeping anyone waiting: after some milliseconds it lets the panel draw
 * and answer, and goes on later. One thing is never split.
 * @param done gets all results, later; not called if the work was given up
 * @returns gives up what is left
 */
export function inSlices<T, R>(
  things: readonly T[],
  work: (thing: T) => R,
  done: (results: readonly R[]) => void,
): () => void {
  const results: R[] = [];
  const slice = () => {
    const end = performance.now() + SLICE_MS;
    while (results.length < things.length && performance.now() < end) {
      results.push(work(things[results.length] as T));
    }
    if (results.length === things.length) done(results);
    else timer = setTimeout(slice);
  };
  let timer = setTimeout(slice);
  return () => clearTimeout(timer);
}
