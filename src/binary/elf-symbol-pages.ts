/** Where symbols lie. */
export interface SymbolPlaces {
  /** Of a symbol's address, the halves. */
  low(index: number): number;
  high(index: number): number;
  size(index: number): number;
}

/** Symbols by page. */
export interface SymbolPages {
  /** Takes a symbol; one without a size is nowhere. */
  add(index: number): void;
  /** The symbols that lie on the pages from `first` to before `end`, at most so many, in table order. */
  on(first: number, end: number, pageSize: number, most: number): number[];
}

/** Bytes of address space whose symbols are a chain: the smallest page there is. */
const STRETCH = 4096;
const MOST_CHAINS = 1 << 16;
const NONE = 0xffffffff;

/**
 * Chains of symbols that begin near to each other. Those that are longer than a stretch are few, and a list.
 * @param numbers symbols have numbers below this
 */
export function pageChains({ low, high, size }: SymbolPlaces, numbers: number): SymbolPages {
  const chains = Math.min(MOST_CHAINS, 2 ** Math.ceil(Math.log2(numbers + 1)));
  const heads = new Uint32Array(chains).fill(NONE);
  const next = new Uint32Array(numbers);
  const long: number[] = [];
  return {
    add(index) {
      const bytes = size(index);
      if (bytes === 0) return;
      if (bytes > STRETCH) {
        long.push(index);
        return;
      }
      const chain = ((low(index) >>> 12) | (high(index) << 20)) & (chains - 1);
      next[index] = heads[chain] as number;
      heads[chain] = index;
    },
    on(first, end, pageSize, most) {
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
      const from = Math.floor((first * pageSize) / STRETCH) - 1;
      const to = Math.min(Math.ceil((end * pageSize) / STRETCH), from + chains);
      for (let stretch = from; stretch < to && found.length < most; stretch++) {
        let index = heads[((stretch % chains) + chains) % chains] as number;
        for (; index !== NONE && found.length < most; index = next[index] as number) take(index);
      }
      return found.sort((a, b) => a - b);
    },
  };
}
