import type { Quality } from './cost.js';

/** From the surest to the least sure. A mean or a maximum added to a floor leaves no floor. */
const QUALITIES: readonly Quality[] = ['exact', 'measured', 'floor', 'range', 'guess', 'unknown'];

/**
 * How far to trust the sum of some rows: as far as the least sure of them. A row without a number is
 * not in the sum, which is then a lower bound at best.
 */
export const sumQuality = (rows: readonly { readonly quality: Quality }[]): Quality =>
  rows.reduce<Quality>(
    (weakest, { quality }) => weaker(weakest, quality === 'unknown' ? 'floor' : quality),
    'exact',
  );

const weaker = (a: Quality, b: Quality): Quality =>
  QUALITIES.indexOf(a) >= QUALITIES.indexOf(b) ? a : b;
