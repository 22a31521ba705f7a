import * as l10n from '@vscode/l10n';
import type { Binary } from '../binary/binary.js';
import type { Diagnostic } from '../binary/diagnostic.js';
import { bytes, counted, integer, printable, printableText, shortName } from '../format.js';
import type { Cost } from '../model/cost.js';
import { type RangeCosts, rangeCosts } from '../model/range-cost.js';
import { msg } from '../msg.js';
import { systemById } from '../system/systems.js';
import { columns } from './columns.js';
import { hasMemory, type Part, sectionParts, segmentParts } from './parts.js';

/** The segments and sections of a binary as a page of text, and what stands on which line of it. */
export interface SectionsText {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** A heading and the lines under it, one for each part. */
export interface Block {
  readonly title: string;
  /** The line of the heading, counted from 0; that of the first part; and the parts. */
  readonly line: number;
  readonly firstLine: number;
  readonly parts: readonly Part[];
}

/** Lines of one block. An editor still works with as many, and no compiler's output has more. */
const MAX_LINES = 50_000;
const LONGEST_NAME = 32;

/** The part that a line of the text is about. */
export function partAt({ blocks }: SectionsText, line: number): Part | undefined {
  const block = blocks.findLast(({ firstLine }) => firstLine <= line);
  return block?.parts[line - block.firstLine];
}

/**
 * Writes the text for a binary: readelf's columns, and for each line its pages in a process of it.
 * Without a cost, for the reasons in `diagnostics`, only the file's own figures are there.
 */
export function sectionsText(
  fileName: string,
  binary: Binary,
  cost: Cost | undefined,
  diagnostics: readonly Diagnostic[],
): SectionsText {
  const lines = [titleLine(fileName), describe(binary), ...explain(cost), ''];
  const costs = cost && rangeCosts(binary, cost);
  const blocks: Block[] = [];
  const add = (title: string, all: readonly Part[]) => {
    const parts = all.slice(0, MAX_LINES);
    const rows = parts.map((part) => cells(part, binary, costs));
    const [head, ...body] = columns([HEADINGS.map((heading) => l10n.t(heading)), ...rows], NUMBERS);
    blocks.push({ title, line: lines.length, firstLine: lines.length + 2, parts });
    lines.push(`${title} (${integer(all.length)})`, head as string, ...body);
    const left = all.length - parts.length;
    if (left > 0) lines.push(l10n.t('… {0} more are not listed.', integer(left)));
    lines.push('');
  };
  add(l10n.t('Segments'), segmentParts(binary));
  add(l10n.t('Sections'), sectionParts(binary));
  return { text: [...lines, ...remarks(diagnostics)].join('\n'), blocks };
}

/** The text for a file that no binary could be read from. */
export const unreadableText = (
  fileName: string,
  diagnostics: readonly Diagnostic[],
): SectionsText => ({
  text: [titleLine(fileName), '', ...remarks(diagnostics)].join('\n'),
  blocks: [],
});

/** The language is told by this line. */
const titleLine = (fileName: string) => `Pagecost sections of ${printable(fileName)}`;

function describe({ class: width, littleEndian, machine, machineCode, type }: Binary): string {
  const order = littleEndian ? 'little-endian' : 'big-endian';
  const name = machine === 'unknown' ? l10n.t('machine {0}', machineCode) : machine;
  return `ELF${width}, ${order}, ${name}, ${type}`;
}

function explain(cost: Cost | undefined): string[] {
  if (!cost) return [];
  const { perProcess, incomplete, pageSize, system } = cost;
  const name = systemById(system)?.name ?? system;
  const figures = [bytes(perProcess.bytes), l10n.t(name), bytes(pageSize)];
  return [
    incomplete
      ? l10n.t('One more process: at least {0} on {1}, with pages of {2}', ...figures)
      : l10n.t('One more process: {0} on {1}, with pages of {2}', ...figures),
    '',
    ...l10n
      .t(
        'Pages are those a line touches; private and shared, those of them in RAM at start-up; slack, bytes\nof them without a use. A page that two lines touch is counted in both.',
      )
      .split('\n'),
  ];
}

const HEADINGS = [
  '#',
  msg('Name'),
  msg('Type'),
  msg('Flags'),
  msg('Address'),
  msg('Offset'),
  msg('In file'),
  msg('In memory'),
  msg('Pages'),
  msg('Private'),
  msg('Shared'),
  msg('Slack'),
];
/** Columns that are aligned to the right: all but those of words. */
const NUMBERS: ReadonlySet<number> = new Set([0, 4, 5, 6, 7, 8, 9, 10, 11]);

function cells(part: Part, binary: Binary, costs: RangeCosts | undefined): string[] {
  const cost = hasMemory(part) ? costs?.(part.address, part.memorySize) : undefined;
  const pages = cost
    ? [cost.pages, cost.privatePages, cost.sharedPages, cost.slackBytes].map(integer)
    : ['-', '-', '-', '-'];
  return [
    String(part.index),
    shortName(part.name, LONGEST_NAME),
    part.type,
    part.flags || '-',
    part.address.toString(16).padStart(binary.class / 4, '0'),
    part.offset.toString(16).padStart(6, '0'),
    integer(part.fileSize),
    integer(part.memorySize),
    ...pages,
  ];
}

function remarks(diagnostics: readonly Diagnostic[]): string[] {
  if (diagnostics.length === 0) return [];
  const lines = diagnostics.map(({ offset, message }) =>
    offset === undefined
      ? printableText(message)
      : l10n.t('At byte {0}: {1}', offset, printableText(message)),
  );
  return [counted(diagnostics.length, msg('{0} remark'), msg('{0} remarks')), ...lines, ''];
}
