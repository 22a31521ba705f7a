import { l10n, ThemeIcon, TreeItem, type Uri, workspace } from 'vscode';
import { bytes, integer, printable, printableText } from '../../format.js';
import { atLeast } from '../../report/at-least.js';
import { type BuildChange, changeInBytes } from '../../report/build-change.js';
import { placeOf, withoutIcons } from '../binaries/pick-binary.js';
import { basename } from '../path-names.js';
import type { FailedProgram, ScannedProgram } from './program-scan.js';

/**
 * A program in the tree: its name, what it costs, and where it is. A click opens the estimate.
 * @param last what was changed last, if that is known; not said where it has led to another cost than this
 */
export function programItem(program: ScannedProgram, last: BuildChange | undefined): TreeItem {
  const item = itemOf(program.uri);
  const change = last?.after.bytes === program.perProcess.bytes ? last : undefined;
  const words = [figures(program, change), placeOf(program.uri)];
  item.description = words.filter(Boolean).join(' · ');
  const parts = partsOf(program, change);
  item.tooltip = parts.join('\n');
  item.iconPath = new ThemeIcon('file-binary');
  item.accessibilityInformation = {
    label: [item.label, ...parts.map((part) => part.trim())].join(', '),
  };
  return item;
}

/** A file in the tree that has no estimate; the reason is its tooltip, and what a click opens. */
export function failedItem({ uri, reason }: FailedProgram): TreeItem {
  const item = itemOf(uri);
  item.description = [l10n.t('no estimate'), placeOf(uri)].filter(Boolean).join(' · ');
  item.tooltip = printableText(reason);
  item.iconPath = new ThemeIcon('warning');
  item.accessibilityInformation = { label: `${item.label}, ${item.description}, ${item.tooltip}` };
  return item;
}

function itemOf(uri: Uri): TreeItem {
  const item = new TreeItem(withoutIcons(printable(basename(uri.path))));
  item.id = uri.toString();
  item.command = { command: 'pagecost.estimate', title: '', arguments: [uri] };
  return item;
}

/** "183.5 KiB (+4 KiB) · ×10,000: 1.75 GiB" */
function figures(program: ScannedProgram, change: BuildChange | undefined): string {
  const { perProcess, processes, totalBytes, incomplete } = program;
  const one = atLeast(incomplete) + bytes(perProcess.bytes) + difference(change);
  return `${one} · ×${integer(processes)}: ${atLeast(incomplete)}${bytes(totalBytes)}`;
}

/** " (+4 KiB)": since the build before. */
const difference = (change: BuildChange | undefined): string =>
  change ? ` (${changeInBytes(change)})` : '';

function partsOf(program: ScannedProgram, change: BuildChange | undefined): string[] {
  const { perProcess, sharedOnceBytes, processes, totalBytes, incomplete } = program;
  const lines = [
    printable(workspace.asRelativePath(program.uri)),
    l10n.t('One more process: {0}', atLeast(incomplete) + bytes(perProcess.bytes)),
    `  ${l10n.t('Private memory: {0}', bytes(perProcess.privateBytes))}`,
    `  ${l10n.t('Page tables: {0}', bytes(perProcess.pageTableBytes))}`,
    `  ${l10n.t('Kernel objects: {0}', bytes(perProcess.kernelBytes))}`,
    incomplete
      ? l10n.t('Shared once: {0}', bytes(sharedOnceBytes))
      : l10n.t('Shared once, at most: {0}', bytes(sharedOnceBytes)),
    l10n.t('{0} processes: {1}', integer(processes), atLeast(incomplete) + bytes(totalBytes)),
  ];
  if (change) {
    const { incomplete, bytes: before } = change.before;
    lines.push(l10n.t('The build before: {0}', atLeast(incomplete) + bytes(before)));
  }
  if (incomplete) lines.push(l10n.t('Something is not known: these are lower bounds.'));
  return lines;
}
