import * as l10n from '@vscode/l10n';
import { counted, countedPages, integer } from '../../src/format.js';
import type { Row } from '../../src/model/cost.js';
import type { Reason, Why } from '../../src/model/reasons.js';
import { count } from '../../src/model/runs.js';
import { msg } from '../../src/msg.js';

/** Why pages are private: "Relocation targets", and how many they are: "3 pages", "2 of 10 pages". */
export const reasonInWords = ({
  why,
  pages,
  of,
}: Reason): { readonly title: string; readonly pages: string } => ({
  title: l10n.t(TITLES[why]),
  pages:
    of === undefined
      ? countedPages(count(pages))
      : counted(of, msg('{1} of {0} page'), msg('{1} of {0} pages'), integer(count(pages))),
});

/** What the addresses of a row's pages are counted from. */
export const addressesOf = ({ object }: Row): string =>
  object === undefined
    ? l10n.t('Counted from where this memory begins.')
    : l10n.t('Addresses are as linked.');

const TITLES: Readonly<Record<Why, string>> = {
  relocation: msg('Relocation targets'),
  dynamic: msg('First entry of .dynamic'),
  'start-up': msg('Start-up code, taken to write the last pages'),
  tail: msg('End of the file part, zeroed by the kernel'),
  bss: msg('In use, taken to be the first pages'),
  written: msg('In use'),
};
