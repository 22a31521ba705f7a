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
    title: `${kind === 'segment' ? 'Segment' : 'Section'} ${index}, ${type}`,
    facts: [...identity(part), ...sizes(part), ...memory(part, binary, cost, processes)],
  };
}

function identity({ kind, name, flags }: Part): Fact[] {
  const access = { label: kind === 'segment' ? 'Access' : 'Flags', value: flags || 'none' };
  if (kind === 'segment') return [access];
  return [{ label: 'Name', value: printable(name) || 'none' }, access];
}

function sizes({ address, offset, fileSize, memorySize }: Part): Fact[] {
  const size = Number(fileSize > memorySize ? fileSize : memorySize);
  const facts = [
    {
      label: 'Size',
      value: size < 1024 ? exactBytes(size) : `${bytes(size)}, ${exactBytes(size)}`,
    },
    { label: 'Where', value: `0x${address.toString(16)}, in the file at 0x${offset.toString(16)}` },
  ];
  if (fileSize < memorySize) {
    facts.push({
      label: 'In file',
      value: `${exactBytes(Number(fileSize))}; the rest is zero-filled`,
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
  if (!hasMemory(part)) return [{ label: 'Per process', value: withoutMemory(part) }];
  if (!cost) return [{ label: 'Per process', value: 'not known: there is no process to estimate' }];
  const { pageSize } = cost;
  const price = rangeCosts(binary, cost)(part.address, part.memorySize);
  return [
    { label: 'Pages', value: pagesOf(price, pageSize) },
    ...alsoThere(part, binary, pageSize),
    { label: 'Slack', value: slackOf(price) },
    ...costOf(price, pageSize, processes),
  ];
}

function withoutMemory({ kind, loaded, type }: Part): string {
  if (loaded) return 'nothing: it is empty';
  if (kind === 'section') return 'nothing: it is not loaded';
  return type === 'GNU_STACK'
    ? 'nothing of its own: it says how the stack is protected'
    : 'nothing of its own: it points into segments that are loaded';
}

/** How many pages a range touches, and where, as linked. */
export const pagesOf = ({ pages, firstPage }: RangeCost, pageSize: number): string =>
  `${countedPages(pages)} of ${bytes(pageSize)}, ${
    pages === 1
      ? `at ${pageAddress(firstPage, pageSize)}`
      : `${pageAddress(firstPage, pageSize)} to ${pageAddress(firstPage + pages, pageSize)}`
  }`;

/** Who else is on its pages: the cost of those is not the part's alone. */
function alsoThere(part: Part, binary: Binary, pageSize: number): Fact[] {
  const all = part.kind === 'segment' ? segmentParts(binary) : sectionParts(binary);
  const others = neighbours(all, part, pageSize);
  if (others.length === 0) return [];
  const names = others.slice(0, MOST_NEIGHBOURS).map(shortTitle);
  const more = others.length - names.length;
  const value = names.join(', ') + (more > 0 ? ` and ${integer(more)} more` : '');
  return [{ label: 'Also there', value }];
}

const shortTitle = ({ kind, index, name }: Part) =>
  name === '' ? `${kind} ${index}` : printable(name);

/** How much of its pages in RAM nothing has a use for. */
export const slackOf = ({ slackBytes, pages, untouchedPages }: RangeCost): string =>
  untouchedPages === pages
    ? 'none: no page of it is in RAM at start-up'
    : `${exactBytes(slackBytes)} of these pages in RAM have no use`;

/** What its pages are to a process, and to so many of them. */
export function costOf(price: RangeCost, pageSize: number, processes: number): Fact[] {
  const { privatePages, sharedPages, untouchedPages } = price;
  const privateBytes = privatePages * pageSize;
  const facts: Fact[] = [
    {
      label: 'Per process',
      value:
        privatePages === 0
          ? 'nothing private'
          : `${bytes(privateBytes)}, ${counted(privatePages, msg('{0} private page'), msg('{0} private pages'))}`,
    },
  ];
  if (privatePages > 0) {
    facts.push({ label: `×${integer(processes)}`, value: bytes(privateBytes * processes) });
  }
  if (sharedPages > 0) {
    facts.push({
      label: 'Shared once',
      value: `${bytes(sharedPages * pageSize)}, ${countedPages(sharedPages)}, however many processes run`,
    });
  }
  if (untouchedPages > 0) {
    facts.push({
      label: 'Not in RAM',
      value: `${countedPages(untouchedPages)} nobody touches at start-up`,
    });
  }
  return facts;
}
