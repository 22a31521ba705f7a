import * as l10n from '@vscode/l10n';
import type { Binary } from '../binary/binary.js';
import {
  bytes,
  counted,
  countedPages,
  exactBytes,
  integer,
  pageAddress,
  printable,
} from '../format.js';
import type { Cost } from '../model/cost.js';
import { type RangeCost, rangeCosts } from '../model/range-cost.js';
import { msg } from '../msg.js';
import { hasMemory, neighbours, type Part, sectionParts, segmentParts } from './parts.js';

/** What a hover says of a segment or section: plain text. */
export interface Hint {
  /** In words of ours: nothing of the file's is in it. */
  readonly title: string;
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

const MOST_NEIGHBOURS = 5;

/** What one segment or section is to a process of the binary, and to `processes` of them. */
export function partHint(
  part: Part,
  binary: Binary,
  cost: Cost | undefined,
  processes: number,
): Hint {
  const { kind, index, type } = part;
  return {
    title:
      kind === 'segment'
        ? l10n.t('Segment {0}, {1}', index, type)
        : l10n.t('Section {0}, {1}', index, type),
    facts: [...identity(part), ...sizes(part), ...memory(part, binary, cost, processes)],
  };
}

function identity({ kind, name, flags }: Part): Fact[] {
  const access = {
    label: kind === 'segment' ? l10n.t('Access') : l10n.t('Flags'),
    value: flags || l10n.t('none'),
  };
  if (kind === 'segment') return [access];
  return [{ label: l10n.t('Name'), value: printable(name) || l10n.t('none') }, access];
}

function sizes({ address, offset, fileSize, memorySize }: Part): Fact[] {
  const size = Number(fileSize > memorySize ? fileSize : memorySize);
  const facts = [
    {
      label: l10n.t('Size'),
      value: size < 1024 ? exactBytes(size) : `${bytes(size)}, ${exactBytes(size)}`,
    },
    {
      label: l10n.t('Where'),
      value: l10n.t('0x{0}, in the file at 0x{1}', address.toString(16), offset.toString(16)),
    },
  ];
  if (fileSize < memorySize) {
    facts.push({
      label: l10n.t('In file'),
      value:
        fileSize === 0n
          ? l10n.t('nothing: all of it is zero-filled')
          : l10n.t('{0}; the rest is zero-filled', exactBytes(Number(fileSize))),
    });
  }
  return facts;
}

function memory(
  part: Part,
  binary: Binary,
  cost: Cost | undefined,
  processes: number,
): readonly Fact[] {
  const perProcess = (value: string) => [{ label: l10n.t('Per process'), value }];
  if (!hasMemory(part)) return perProcess(withoutMemory(part));
  if (!cost) return perProcess(l10n.t('not known: there is no process to estimate'));
  const { pageSize } = cost;
  const price = rangeCosts(binary, cost)(part.address, part.memorySize);
  return [
    { label: l10n.t('Pages'), value: pagesOf(price, pageSize) },
    ...costOf(price, pageSize, processes),
    ...alsoThere(part, binary, pageSize),
    { label: l10n.t('Slack'), value: slackOf(price) },
  ];
}

function withoutMemory({ kind, loaded, type }: Part): string {
  if (loaded) return l10n.t('nothing: it is empty');
  if (kind === 'section') return l10n.t('nothing: it is not loaded');
  return type === 'GNU_STACK'
    ? l10n.t('nothing of its own: it says how the stack is protected')
    : l10n.t('nothing of its own: it points into segments that are loaded');
}

/** How many pages a range touches, and where, as linked. */
export function pagesOf({ pages, firstPage }: RangeCost, pageSize: number): string {
  const start = pageAddress(firstPage, pageSize);
  return pages === 1
    ? l10n.t('{0} of {1}, at {2}', countedPages(pages), bytes(pageSize), start)
    : l10n.t(
        '{0} of {1}, {2} to {3}',
        countedPages(pages),
        bytes(pageSize),
        start,
        pageAddress(firstPage + pages, pageSize),
      );
}

/** Who else is on its pages: the cost of those is not the part's alone. */
function alsoThere(part: Part, binary: Binary, pageSize: number): Fact[] {
  const all = part.kind === 'segment' ? segmentParts(binary) : sectionParts(binary);
  const others = neighbours(all, part, pageSize);
  if (others.length === 0) return [];
  const names = others.slice(0, MOST_NEIGHBOURS).map(shortTitle).join(', ');
  const more = others.length - MOST_NEIGHBOURS;
  const value = more > 0 ? l10n.t('{0} and {1} more', names, integer(more)) : names;
  return [{ label: l10n.t('Also there'), value }];
}

function shortTitle({ kind, index, name }: Part): string {
  if (name !== '') return printable(name);
  return kind === 'segment' ? l10n.t('segment {0}', index) : l10n.t('section {0}', index);
}

/** How much of its pages in RAM nothing has a use for. */
export function slackOf({ slackBytes, pages, untouchedPages }: RangeCost): string {
  if (untouchedPages === pages) return l10n.t('none: no page of it is in RAM at start-up');
  if (slackBytes === 0) return l10n.t('none on these pages');
  return l10n.t('{0} of these pages in RAM have no use', exactBytes(slackBytes));
}

/** What its pages are to a process, and to so many of them. */
export function costOf(price: RangeCost, pageSize: number, processes: number): Fact[] {
  const { privatePages, sharedPages, untouchedPages } = price;
  const privateBytes = privatePages * pageSize;
  const facts: Fact[] = [
    {
      label: l10n.t('Per process'),
      value:
        privatePages === 0
          ? l10n.t('nothing private')
          : `${bytes(privateBytes)}, ${counted(privatePages, msg('{0} private page'), msg('{0} private pages'))}`,
    },
  ];
  if (privatePages > 0) {
    facts.push({ label: `×${integer(processes)}`, value: bytes(privateBytes * processes) });
  }
  if (sharedPages > 0) {
    facts.push({
      label: l10n.t('Shared once'),
      value: l10n.t(
        '{0}, {1}, however many processes run',
        bytes(sharedPages * pageSize),
        countedPages(sharedPages),
      ),
    });
  }
  if (untouchedPages > 0) {
    facts.push({
      label: l10n.t('Not in RAM'),
      value: l10n.t('{0} nobody touches at start-up', countedPages(untouchedPages)),
    });
  }
  return facts;
}
