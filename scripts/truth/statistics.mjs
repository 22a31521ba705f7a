export const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

export const mean = (numbers) => sum(numbers) / numbers.length;

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : mean(sorted.slice(middle - 1, middle + 1));
}

/** Standard error of the mean of at least two numbers. */
export function standardError(numbers) {
  const centre = mean(numbers);
  const squares = sum(numbers.map((n) => (n - centre) ** 2));
  return Math.sqrt(squares / (numbers.length - 1) / numbers.length);
}

/** How often each number occurs, as a share of all. */
export function shares(numbers) {
  const counts = new Map();
  for (const n of numbers) counts.set(n, (counts.get(n) ?? 0) + 1 / numbers.length);
  return counts;
}
