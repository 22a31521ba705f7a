/** Numbers by a hash: those whose hashes end alike are a chain, which the last of them begins. */
export interface Chains {
  /** As many as a power of two. */
  readonly heads: Uint32Array;
  readonly next: Uint32Array;
}

/** What ends a chain. */
export const NONE = 0xffffffff;

/**
 * @param count of chains, at least; the next power of two is taken
 * @param numbers what is put there is below this
 */
export const emptyChains = (count: number, numbers: number): Chains => ({
  heads: new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(1, count)))).fill(NONE),
  next: new Uint32Array(numbers),
});

/** Puts a number there, once. */
export function chain({ heads, next }: Chains, hash: number, number: number) {
  const head = hash & (heads.length - 1);
  next[number] = heads[head] as number;
  heads[head] = number;
}

/** The number that begins the chain of a hash, or NONE. */
export const chainOf = ({ heads }: Chains, hash: number): number =>
  heads[hash & (heads.length - 1)] as number;
