import { counted, integer, pageAddress } from '../../src/format.js';
import type { Row } from '../../src/model/cost.js';
import type { Why } from '../../src/model/reasons.js';
import { count, runPairs } from '../../src/model/runs.js';

/** Places of one reason that are shown; there may be thousands. */
const MOST_PLACES = 12;

/** One reason of a row: "Relocation targets", "3 pages", and where they are. */
export interface ReasonInWords {
  readonly title: string;
  readonly pages: string;
  /** First and last byte: "0x3000–0x4fff". */
  readonly places: readonly string[];
  readonly more: string | undefined;
}

/** Which pages of a row are private, and why; empty where that is not known. */
export const reasonsInWords = ({ reasons }: Row, pageSize: number): readonly ReasonInWords[] =>
  reasons.map(({ why, pages, of }) => {
    const shown = runPairs(pages, MOST_PLACES);
    const hidden = count(pages) - count(shown.flat());
    return {
      title: TITLES[why],
      pages: of === undefined ? counted(count(pages), 'page') : partOf(count(pages), of),
      places: shown.map(([start, end]) => placeInWords(start, end, pageSize)),
      more: hidden > 0 ? `and ${counted(hidden, 'page')} more` : undefined,
    };
  });

/** What the addresses of a row's pages are counted from. */
export const addressesOf = ({ object }: Row): string =>
  object === undefined ? 'Counted from where this memory begins.' : 'Addresses are as linked.';

const TITLES: Readonly<Record<Why, string>> = {
  relocation: 'Relocation targets',
  dynamic: 'First entry of .dynamic',
  'start-up': 'Start-up code, taken to write the last pages',
  tail: 'End of the file part, zeroed by the kernel',
  bss: 'In use, taken to be the first pages',
  written: 'In use',
};

const partOf = (pages: number, of: number) => `${integer(pages)} of ${counted(of, 'page')}`;

const placeInWords = (start: number, end: number, pageSize: number) =>
  `${pageAddress(start, pageSize)}–0x${(BigInt(end) * BigInt(pageSize) - 1n).toString(16)}`;
