import { countedPages, integer } from '../../src/format.js';
import type { Row } from '../../src/model/cost.js';
import type { Reason, Why } from '../../src/model/reasons.js';
import { count } from '../../src/model/runs.js';

/** Why pages are private: "Relocation targets", and how many they are: "3 pages", "2 of 10 pages". */
export const reasonInWords = ({
  why,
  pages,
  of,
}: Reason): { readonly title: string; readonly pages: string } => ({
  title: TITLES[why],
  pages:
    of === undefined
      ? countedPages(count(pages))
      : `${integer(count(pages))} of ${countedPages(of)}`,
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
