const LARGEST = 2 ** 40;
const UNITS: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/**
 * Whole bytes as a number or as text with a unit of 1,024 ("200 KiB"); undefined unless 0 to 2^40.
 * KB and MB are none: they are a thousand to some and 1,024 to others. A budget is written alike in all languages,
 * with a point before decimals and nothing between thousands.
 */
export function parseSize(value: unknown): number | undefined {
  if (typeof value === 'number') return whole(value);
  const match = typeof value === 'string' && /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(value);
  const unit = match ? UNITS[match[2] as string] : undefined;
  return match && unit !== undefined ? whole(Number(match[1]) * unit) : undefined;
}

const whole = (size: number): number | undefined =>
  Number.isInteger(size) && size >= 0 && size <= LARGEST ? size : undefined;
