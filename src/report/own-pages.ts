import type { ElfSymbol } from '../binary/elf-symbol-index.js';
import { rangeCosts } from '../model/range-cost.js';
import type { CodeFacts } from './code-hints.js';
import { hasMemory, sectionParts } from './parts.js';

/** Symbols of a page that are looked at: all but one are aliases, or one is another variable. */
const MOST_ALIASES = 16;

/** Private pages that are there for one variable. */
export interface OwnPages {
  /** Where the first page begins that it alone is on, as linked. */
  readonly address: bigint;
  /** At least one. */
  readonly pages: number;
}

/**
 * Finds the private pages at start-up that a variable alone needs: on none of them is another symbol,
 * or a section that the variable is not in. Without it, a process would not have them. Undefined where there are none.
 */
export function ownPages({
  program: { binary },
  cost,
  index,
}: CodeFacts): (symbol: ElfSymbol) => OwnPages | undefined {
  // Of symbols that only other files may use, nobody knows who else is there.
  if (!cost || !index?.isWhole) return () => undefined;
  const { pageSize } = cost;
  const price = rangeCosts(binary, cost);
  const sections = sectionParts(binary).filter(hasMemory);

  const isShared = (page: number, { address, section }: ElfSymbol): boolean => {
    const start = BigInt(page) * BigInt(pageSize);
    const end = start + BigInt(pageSize);
    return (
      index.onPages(page, page + 1, pageSize, MOST_ALIASES).some((o) => o.address !== address) ||
      sections.some(
        (other) =>
          other.name !== section && other.address < end && other.address + other.memorySize > start,
      )
    );
  };

  return (symbol) => {
    if (symbol.kind !== 'variable' || symbol.size <= 0) return undefined;
    const { firstPage, pages, privatePages } = price(symbol.address, BigInt(symbol.size));
    if (privatePages === 0) return undefined;
    // Only the first and the last can hold something else.
    let first = firstPage;
    let end = firstPage + pages;
    if (isShared(first, symbol)) first++;
    if (end > first && isShared(end - 1, symbol)) end--;
    if (end <= first) return undefined;
    const address = BigInt(first) * BigInt(pageSize);
    const own = price(address, BigInt((end - first) * pageSize)).privatePages;
    return own === 0 ? undefined : { address, pages: own };
  };
}
