/**
 * Times several ways of doing the same, in turns, so that whatever else the machine does meets all of
 * them; each round begins with another one.
 *
 * @param {Record<string, () => void>} ways by name
 * @param {number} rounds counted ones, after one to warm up
 * @returns {Record<string, number>} the median of each, in milliseconds
 */
export function contest(ways, rounds) {
  const names = Object.keys(ways);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) ways[name]();
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(round + i) % names.length];
      const start = performance.now();
      ways[name]();
      times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])]));
}

/** @param {readonly number[]} values at least one */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
