import * as l10n from '@vscode/l10n';
import type { Binary, Segment } from '../binary/binary.js';
import {
  bytes,
  countedPages,
  exactBytes,
  hex,
  integer,
  percent,
  printable,
  protection,
} from '../format.js';
import type { Cost } from '../model/cost.js';
import { loadSegments } from '../model/load-segments.js';
import { pageAfter, pageOf } from '../model/page-numbers.js';
import { type RangeCost, rangeCosts } from '../model/range-cost.js';
import { eachRun, type Runs, union } from '../model/runs.js';
import type { MemoryRegion } from './linker-script.js';
import { costOf, type Fact, type Hint, slackOf } from './part-hint.js';
import { hasMemory, sectionParts } from './parts.js';

const MOST_NAMES = 8;

/** Addresses from `start` to before `end`, as linked. */
interface Range {
  readonly start: bigint;
  readonly end: bigint;
}

/**
 * What of a program lies in a region that a linker script declares, by the addresses it runs at, and what
 * that is to a process.
 */
export function regionHint(
  { name, origin, length }: MemoryRegion,
  binary: Binary,
  cost: Cost | undefined,
  processes: number,
): Hint {
  const region = { start: origin, end: origin + length };
  const there = loadSegments(binary).flatMap((segment) => overlap(rangeOf(segment), region) ?? []);
  const size = there.reduce((sum, { start, end }) => sum + Number(end - start), 0);
  return {
    title: l10n.t('Memory region'),
    facts: [
      { label: l10n.t('Name'), value: printable(name) },
      {
        label: l10n.t('Where'),
        value: l10n.t('{0} to {1}, {2}', hex(origin), hex(region.end), bytes(Number(length))),
      },
      {
        label: l10n.t('In use'),
        value:
          size === 0
            ? l10n.t('nothing of the binary')
            : l10n.t('{0}, {1} of the region', exactBytes(size), percent(size / Number(length))),
      },
      ...sectionsIn(binary, region),
      ...(size === 0 ? [] : memory(there, binary, cost, processes)),
    ],
  };
}

/** What all the memory that a linker script lays out is to a process, by what is allowed in it. */
export function layoutHint(binary: Binary, cost: Cost | undefined, processes: number): Hint {
  const segments = loadSegments(binary);
  const kinds = new Map<string, Range[]>();
  for (const segment of segments) {
    const access = protection(segment);
    if (!kinds.has(access)) kinds.set(access, []);
    kinds.get(access)?.push(rangeOf(segment));
  }
  return {
    title: l10n.t('Loaded segments'),
    facts: [
      ...[...kinds].map(([access, ranges]) => ({
        label: access,
        value: inBrief(ranges, binary, cost),
      })),
      ...memory(segments.map(rangeOf), binary, cost, processes),
    ],
  };
}

const rangeOf = ({ address, memorySize }: Segment): Range => ({
  start: address,
  end: address + memorySize,
});

function overlap(a: Range, b: Range): Range | undefined {
  let { start, end } = a;
  if (b.start > start) start = b.start;
  if (b.end < end) end = b.end;
  return start < end ? { start, end } : undefined;
}

function sectionsIn(binary: Binary, region: Range): Fact[] {
  const names = sectionParts(binary)
    .filter(hasMemory)
    .filter(({ address, memorySize }) =>
      overlap({ start: address, end: address + memorySize }, region),
    )
    .map(({ name }) => printable(name));
  if (names.length === 0) return [];
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const more = names.length - MOST_NAMES;
  const value = more > 0 ? l10n.t('{0} and {1} more', shown, integer(more)) : shown;
  return [{ label: l10n.t('Sections'), value }];
}

function inBrief(ranges: readonly Range[], binary: Binary, cost: Cost | undefined): string {
  const size = exactBytes(ranges.reduce((sum, { start, end }) => sum + Number(end - start), 0));
  if (!cost) return size;
  const { pages, privatePages, sharedPages } = priceOf(ranges, binary, cost);
  return l10n.t(
    '{0} on {1}: {2} private, {3} shared',
    size,
    countedPages(pages),
    integer(privatePages),
    integer(sharedPages),
  );
}

function memory(
  ranges: readonly Range[],
  binary: Binary,
  cost: Cost | undefined,
  processes: number,
): Fact[] {
  if (!cost) {
    return [
      {
        label: l10n.t('Per process'),
        value: l10n.t('not known: there is no process to estimate'),
      },
    ];
  }
  const price = priceOf(ranges, binary, cost);
  const pages = l10n.t('{0} of {1}', countedPages(price.pages), bytes(cost.pageSize));
  return [
    { label: l10n.t('Pages'), value: pages },
    ...costOf(price, cost.pageSize, processes),
    { label: l10n.t('Slack'), value: slackOf(price) },
  ];
}

/** The price of some ranges together: a page that several of them lie on counts once. */
function priceOf(ranges: readonly Range[], binary: Binary, cost: Cost): RangeCost {
  const { pageSize } = cost;
  const price = rangeCosts(binary, cost);
  const sum = { pages: 0, privatePages: 0, sharedPages: 0, untouchedPages: 0, slackBytes: 0 };
  const pages = pagesOf(ranges, pageSize);
  eachRun(pages, (first, end) => {
    const part = price(BigInt(first) * BigInt(pageSize), BigInt(end - first) * BigInt(pageSize));
    sum.pages += part.pages;
    sum.privatePages += part.privatePages;
    sum.sharedPages += part.sharedPages;
    sum.untouchedPages += part.untouchedPages;
    sum.slackBytes += part.slackBytes;
  });
  return { ...sum, firstPage: pages[0] ?? 0 };
}

/** The pages that some ranges touch. */
const pagesOf = (ranges: readonly Range[], pageSize: number): Runs =>
  union(...ranges.map(({ start, end }) => [pageOf(start, pageSize), pageAfter(end, pageSize)]));
