import * as l10n from '@vscode/l10n';
import type { ElfSymbol, SymbolIndex, SymbolKind } from '../binary/elf-symbol-index.js';
import { bytes, exactBytes, integer, printable, shortName } from '../format.js';
import type { Cost, Region } from '../model/cost.js';
import type { Program } from '../model/program.js';
import { type RangeCost, rangeCosts, regionsOn } from '../model/range-cost.js';
import { mergeReasons, type Why } from '../model/reasons.js';
import { intersect, run } from '../model/runs.js';
import { msg } from '../msg.js';
import { costOf, type Fact, type Hint, pagesOf, slackOf } from './part-hint.js';

const TITLES: Readonly<Record<SymbolKind, string>> = {
  variable: msg('Variable'),
  function: msg('Function'),
  'thread-local': msg('Thread-local variable'),
  label: msg('Label'),
};

const REASONS: Readonly<Record<Why, string>> = {
  relocation: msg('relocations are written there'),
  dynamic: msg('the dynamic section is there'),
  'start-up': msg('start-up code is taken to write there'),
  tail: msg('the kernel zeroes the rest of the data’s last page'),
  bss: msg('zero-filled memory taken to be in use'),
  written: msg('it is written'),
};

/** Names of others on its pages that are said; of what is looked at, for more there is no list. */
const MOST_NEIGHBOURS = 3;
const MOST_COUNTED = 1000;
/** Those of C++ and Rust have hundreds of characters, the first of which tell them apart. */
const LONGEST_NEIGHBOUR = 48;

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
    title: l10n.t(TITLES[symbol.kind]),
    facts: [...identity(index, symbol), ...memory(program, cost, index, symbol, processes)],
  };
}

function identity(index: SymbolIndex, { name, size, section, file }: ElfSymbol): Fact[] {
  const spelled = printable(index.spell(name));
  return [
    {
      label: l10n.t('Name'),
      value: isSource(file) ? l10n.t('{0}, local to {1}', spelled, printable(file)) : spelled,
    },
    {
      label: l10n.t('Size'),
      value: size > 0 ? exactBytes(size) : l10n.t('not in the symbol table'),
    },
    {
      label: l10n.t('Section'),
      value: printable(section ?? '') || l10n.t('not known'),
    },
  ];
}

/** Rust cuts a program into units of its own, by whose names nobody knows where something is. */
const isSource = (file: string | undefined): file is string =>
  file !== undefined && file !== '' && !/-cgu\.\d+$/.test(file);

function memory(
  program: Program,
  cost: Cost | undefined,
  index: SymbolIndex,
  symbol: ElfSymbol,
  processes: number,
): readonly Fact[] {
  const perProcess = (value: string) => [{ label: l10n.t('Per process'), value }];
  if (symbol.kind === 'thread-local') return perProcess(l10n.t('one in each thread’s own memory'));
  if (!cost) return perProcess(l10n.t('not known: there is no process to estimate'));
  const { pageSize } = cost;
  // Where the size is not known, its first byte is.
  const price = rangeCosts(program.binary, cost)(symbol.address, BigInt(Math.max(1, symbol.size)));
  const regions = regionsOn(program.binary, cost, price);
  const [first] = regions;
  if (!first) return perProcess(l10n.t('nothing: it is not in memory'));
  return [
    { label: l10n.t('Pages'), value: pagesOf(price, pageSize) },
    ...costOf(price, pageSize, processes),
    ...whenWritten(first.writable, price, pageSize),
    ...because(cost, regions, price),
    ...alsoThere(index, symbol, price, pageSize),
    { label: l10n.t('Slack'), value: slackOf(price) },
  ];
}

/** Why pages of it are private, as the rows that count them say: those of data and of bss are two. */
function because(cost: Cost, regions: readonly Region[], price: RangeCost): Fact[] {
  const ids = new Set(regions.map(({ row }) => row));
  const rows = cost.rows.filter(({ id }) => ids.has(id));
  const pages = run(price.firstPage, price.pages);
  const reasons = mergeReasons(rows.flatMap((row) => row.reasons)).filter(
    (reason) => intersect(reason.pages, pages).length > 0,
  );
  if (price.privatePages === 0 || reasons.length === 0) return [];
  return [
    { label: l10n.t('Private'), value: reasons.map(({ why }) => l10n.t(REASONS[why])).join('; ') },
  ];
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
  const names = largest
    .map(
      (other) =>
        `${shortName(index.spell(index.nameOf(other)), LONGEST_NEIGHBOUR)} (${bytes(other.size)})`,
    )
    .join(', ');
  const more = others.length - largest.length;
  if (more <= 0) return [{ label: l10n.t('Also there'), value: names }];
  const value =
    on.length === MOST_COUNTED
      ? l10n.t('{0} and at least {1} more', names, integer(more))
      : l10n.t('{0} and {1} more', names, integer(more));
  return [{ label: l10n.t('Also there'), value }];
}

/** What the estimate, which is of a process that has just started, does not count. */
function whenWritten(writable: boolean, price: RangeCost, pageSize: number): Fact[] {
  const pages = price.pages - price.privatePages;
  if (!writable || pages === 0) return [];
  const more = bytes(pages * pageSize);
  return [
    {
      label: l10n.t('When written'),
      value:
        pages === 1
          ? l10n.t('up to {0} more per process: its page becomes private', more)
          : l10n.t('up to {0} more per process: its pages become private', more),
    },
  ];
}
