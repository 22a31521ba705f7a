import type { ElfSymbol } from '../binary/elf-symbol-index.js';
import { rangeCosts } from '../model/range-cost.js';
import type { CodeFacts } from './code-hints.js';
import { hasMemory, sectionParts } from './parts.js';

/** Symbols of a page that are looked at: all but one are aliases, or one is another variable. */
const MOST_ALIASES = 16;

/**
 * Counts the private pages at start-up that a variable alone needs: on none of them is another symbol,
 * or a section that the variable is not in. Without it, a process would not have them.
 */
export function ownPages({
  program: { binary },
  cost,
  index,
}: CodeFacts): (symbol: ElfSymbol) => number {
  // Of symbols that only other files may use, nobody knows who else is there.
  if (!cost || !index?.isWhole) return () => 0;
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
    if (symbol.kind !== 'variable' || symbol.size <= 0) return 0;
    const { firstPage, pages, privatePages } = price(symbol.address, BigInt(symbol.size));
    if (privatePages === 0) return 0;
    // Only the first and the last can hold something else.
    let first = firstPage;
    let end = firstPage + pages;
    if (isShared(first, symbol)) first++;
    if (end > first && isShared(end - 1, symbol)) end--;
    if (end <= first) return 0;
    return price(BigInt(first) * BigInt(pageSize), BigInt((end - first) * pageSize)).privatePages;
  };
}
