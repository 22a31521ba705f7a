import { type Chains, chain, chainOf, emptyChains, NONE } from './chains.js';

/** Symbols by where they are: those that begin near to each other are a chain. */
export interface SymbolPages {
  readonly chains: Chains;
  /** Those that are longer than a stretch; they are few. */
  readonly long: number[];
}

/** Where symbols are: the halves of their addresses, and their sizes. */
export interface SymbolPlaces {
  low(index: number): number;
  high(index: number): number;
  size(index: number): number;
}

/** Bytes of address space whose symbols are a chain: the smallest page there is. */
const STRETCH = 4096;
const MOST_CHAINS = 1 << 16;

/** @param numbers symbols have numbers below this */
export const symbolPages = (numbers: number): SymbolPages => ({
  chains: emptyChains(Math.min(MOST_CHAINS, numbers), numbers),
  long: [],
});

/** Takes a symbol, whose number is above those before. One without a size is nowhere. */
export function addPlace(
  { chains, long }: SymbolPages,
  index: number,
  low: number,
  high: number,
  size: number,
) {
  if (size > STRETCH) long.push(index);
  else if (size > 0) chain(chains, (low >>> 12) | (high << 20), index);
}

/** The symbols that lie on the pages from `first` to before `end`, at most so many, in table order. */
export function findPlaces(
  { chains, long }: SymbolPages,
  { low, high, size }: SymbolPlaces,
  first: number,
  end: number,
  pageSize: number,
  most: number,
): number[] {
  const found: number[] = [];
  // In halves: of an address itself a double may not have the last bits, but of a distance.
  const perHigh = 2 ** 32 / pageSize;
  const firstHigh = Math.floor(first / perHigh);
  const firstLow = (first % perHigh) * pageSize;
  const span = (end - first) * pageSize;
  const take = (index: number) => {
    const into = (high(index) - firstHigh) * 2 ** 32 + low(index) - firstLow;
    if (into < span && into + size(index) > 0) found.push(index);
  };
  for (let i = 0; i < long.length && found.length < most; i++) take(long[i] as number);
  // What begins in the stretch before may reach into the first; each chain is looked at once.
  const count = chains.heads.length;
  const from = Math.floor((first * pageSize) / STRETCH) - 1;
  const to = Math.min(Math.ceil((end * pageSize) / STRETCH), from + count);
  for (let stretch = from; stretch < to && found.length < most; stretch++) {
    let index = chainOf(chains, stretch % count);
    for (; index !== NONE && found.length < most; index = chains.next[index] as number) take(index);
  }
  return found.sort((a, b) => a - b);
}
