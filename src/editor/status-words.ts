import { l10n } from 'vscode';
import { bytes, integer, printable, shortName } from '../format.js';
import type { Figure } from '../protocol.js';
import { atLeast } from '../report/at-least.js';
import { type BuildChange, changeInBytes, changeMayBe } from '../report/build-change.js';
import { withoutIcons } from './binaries/pick-binary.js';
import type { Reason } from './folder-programs/folder-program.js';
import { basename } from './path-names.js';

/** The status bar is for others, too. */
const LONGEST_NAME = 30;

/** What the status bar says of a binary. */
export interface Status {
  /** Undefined where there is no estimate. */
  readonly figure: Figure | undefined;
  /** What the last build changed, while that is news. */
  readonly change: BuildChange | undefined;
  /** Undefined for a binary that is on screen. */
  readonly program: FolderStatus | undefined;
}

/** What else is to be said of the program of a folder, which is not on screen. */
export interface FolderStatus {
  readonly path: string;
  readonly reason: Reason | undefined;
  /** Whether its file cannot be read now, or only a part of it. */
  readonly isStale: boolean;
}

/** "server: 183.5 KiB · ×10,000: 1.75 GiB, +4 KiB since the last build" */
export function statusText({ figure, change, program }: Status): string {
  const name = program && withoutIcons(shortName(basename(program.path), LONGEST_NAME));
  const text = figure ? figures(figure) : l10n.t('no estimate');
  const named = name === undefined ? text : `${name}: ${text}`;
  return change ? l10n.t('{0}, {1} since the last build', named, changeInBytes(change)) : named;
}

/** The same in sentences: the tooltip, and what is read out. */
export function statusSentences({ figure, change, program }: Status): string[] {
  return [
    ...(program ? [programSentence(program)] : []),
    figure ? figureSentence(figure) : l10n.t('There is no estimate of it.'),
    ...(change ? changeSentences(change) : []),
    ...(program?.isStale ? [staleSentence(figure)] : []),
  ];
}

/** No equation: what processes share is in the total, too. */
function figures({ perProcessBytes, totalBytes, processes, incomplete }: Figure): string {
  const least = atLeast(incomplete);
  return `${least}${bytes(perProcessBytes)} · ×${integer(processes)}: ${least}${bytes(totalBytes)}`;
}

function programSentence({ path, reason }: FolderStatus): string {
  const name = printable(basename(path));
  switch (reason) {
    case 'chosen':
      return l10n.t('{0}, the program chosen for this folder.', name);
    case 'opened':
      return l10n.t('{0}, whose estimate was opened last in this folder.', name);
    default:
      return l10n.t('{0}, the newest build in this folder.', name);
  }
}

function figureSentence({ perProcessBytes, totalBytes, processes, incomplete }: Figure): string {
  const figures = [bytes(perProcessBytes), integer(processes), bytes(totalBytes)];
  return incomplete
    ? l10n.t(
        'One more process takes at least {0}; {1} processes and what they share, {2}. Some of it is not known.',
        ...figures,
      )
    : l10n.t('One more process takes {0}; {1} processes and what they share, {2}.', ...figures);
}

const staleSentence = (figure: Figure | undefined): string =>
  figure
    ? l10n.t('Its file cannot be read now: this is of the build before.')
    : l10n.t('Its file cannot be read now, or ends too early: it may be being written.');

function changeSentences(change: BuildChange): string[] {
  const more = change.after.bytes - change.before.bytes;
  const [size, before] = [bytes(Math.abs(more)), bytes(change.before.bytes)];
  const sentence =
    more > 0
      ? l10n.t('The last build made a process dearer by {0}: it took {1} before.', size, before)
      : l10n.t('The last build made a process cheaper by {0}: it took {1} before.', size, before);
  if (changeMayBe(change) === null) return [sentence];
  return [
    sentence,
    l10n.t('Something was not known before it, or is not known now: it may be another amount.'),
  ];
}
