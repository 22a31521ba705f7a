import type { ElfSymbol, SymbolIndex, SymbolKind } from '../binary/elf-symbol-index.js';
import { bytes, exactBytes, integer, printable } from '../format.js';
import type { Cost } from '../model/cost.js';
import type { Program } from '../model/program.js';
import { type RangeCost, rangeCosts, regionAt } from '../model/range-cost.js';
import type { Why } from '../model/reasons.js';
import { intersect, run } from '../model/runs.js';
import { costOf, type Fact, type Hint, pagesOf, slackOf } from './part-hint.js';

const TITLES: Readonly<Record<SymbolKind, string>> = {
  variable: 'Variable',
  function: 'Function',
  'thread-local': 'Thread-local variable',
  label: 'Label',
};

const REASONS: Readonly<Record<Why, string>> = {
  relocation: 'relocations are written there',
  dynamic: 'the dynamic section is there',
  'start-up': 'start-up code is taken to write there',
  tail: 'the kernel zeroes the rest of the data’s last page',
  bss: 'zero-filled memory taken to be in use',
  written: 'it is written',
};

/** Names of others on its pages that are said; of what is looked at, for more there is no list. */
const MOST_NEIGHBOURS = 3;
const MOST_COUNTED = 1000;

/**
 * What a variable or function of the program is to a process at start-up, and to `processes` of them.
 * @param index the symbols of the program, for who else is on its pages
 */
export function symbolHint(
  program: Program,
  cost: Cost | undefined,
  index: SymbolIndex,
  symbol: ElfSymbol,
  processes: number,
): Hint {
  return {
    title: TITLES[symbol.kind],
    facts: [...identity(program, symbol), ...memory(program, cost, index, symbol, processes)],
  };
}

function identity({ binary }: Program, { name, size, section, file }: ElfSymbol): Fact[] {
  const sectionName = section === undefined ? undefined : binary.sections[section]?.name;
  return [
    { label: 'Name', value: printable(name) + (file ? `, local to ${printable(file)}` : '') },
    { label: 'Size', value: size > 0 ? exactBytes(size) : 'not in the symbol table' },
    { label: 'Section', value: printable(sectionName ?? '') || 'not known' },
  ];
}

function memory(
  program: Program,
  cost: Cost | undefined,
  index: SymbolIndex,
  symbol: ElfSymbol,
  processes: number,
): readonly Fact[] {
  const perProcess = (value: string) => [{ label: 'Per process', value }];
  if (symbol.kind === 'thread-local')
    return perProcess('one in each thread, and not in these pages');
  if (!cost) return perProcess('not known: there is no process to estimate');
  const { pageSize } = cost;
  // Where the size is not known, its first byte is.
  const price = rangeCosts(program.binary, cost)(symbol.address, BigInt(Math.max(1, symbol.size)));
  const region = regionAt(program.binary, cost, price.firstPage);
  if (!region) return perProcess('nothing: it is not in memory');
  return [
    { label: 'Pages', value: pagesOf(price, pageSize) },
    ...because(cost, region.row, price),
    ...alsoThere(index, symbol, price, pageSize),
    { label: 'Left', value: slackOf(price) },
    ...costOf(price, pageSize, processes),
    ...whenWritten(region.writable, price, pageSize),
  ];
}

/** Why pages of it are private, as the row that counts them says. */
function because(cost: Cost, id: string | undefined, price: RangeCost): Fact[] {
  const row = cost.rows.find((row) => row.id === id);
  const pages = run(price.firstPage, price.pages);
  const reasons = (row?.reasons ?? []).filter((r) => intersect(r.pages, pages).length > 0);
  if (price.privatePages === 0 || reasons.length === 0) return [];
  return [{ label: 'Private', value: reasons.map(({ why }) => REASONS[why]).join('; ') }];
}

function alsoThere(
  index: SymbolIndex,
  symbol: ElfSymbol,
  { firstPage, pages }: RangeCost,
  pageSize: number,
): Fact[] {
  const on = index.onPages(firstPage, firstPage + pages, pageSize, MOST_COUNTED);
  // One for each place: a variable may have several names.
  const places = new Map(on.map((other) => [other.address, other]));
  places.delete(symbol.address);
  const others = [...places.values()];
  if (others.length === 0) return [];
  // The largest first: moving one of those makes the most room.
  const largest = others.toSorted((a, b) => b.size - a.size).slice(0, MOST_NEIGHBOURS);
  const names = largest.map(({ name, size }) => `${printable(name)} (${bytes(size)})`).join(', ');
  const more = others.length - largest.length;
  const atLeast = on.length === MOST_COUNTED ? 'at least ' : '';
  return [
    {
      label: 'Also there',
      value: names + (more > 0 ? ` and ${atLeast}${integer(more)} more` : ''),
    },
  ];
}

/** What the estimate, which is of a process that has just started, does not count. */
function whenWritten(writable: boolean, price: RangeCost, pageSize: number): Fact[] {
  const pages = price.pages - price.privatePages;
  if (!writable || pages === 0) return [];
  return [
    {
      label: 'When written',
      value: `up to ${bytes(pages * pageSize)} more per process: ${
        pages === 1 ? 'its page becomes' : 'its pages become'
      } private`,
    },
  ];
}
