import { counted, pageAddress } from '../../src/format.js';
import { count, type Runs, runPairs } from '../../src/model/runs.js';
import { msg } from '../../src/msg.js';

/** Where some pages are, and how many there are that are not named. */
export interface PlacesInWords {
  /** First and last byte: "0x4000–0x5fff". */
  readonly places: readonly string[];
  readonly more: string | undefined;
}

/** The first `most` places of some pages; there may be thousands. */
export function placesInWords(pages: Runs, pageSize: number, most: number): PlacesInWords {
  const shown = runPairs(pages, most);
  const hidden = count(pages) - count(shown.flat());
  return {
    places: shown.map(([start, end]) => placeInWords(start, end, pageSize)),
    more:
      hidden > 0 ? counted(hidden, msg('and {0} page more'), msg('and {0} pages more')) : undefined,
  };
}

const placeInWords = (start: number, end: number, pageSize: number) =>
  `${pageAddress(start, pageSize)}–0x${(BigInt(end) * BigInt(pageSize) - 1n).toString(16)}`;
