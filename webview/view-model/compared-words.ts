import * as l10n from '@vscode/l10n';
import { bytes, integer, percent } from '../../src/format.js';
import type { MeasuredProcess } from '../../src/model/measurement.js';
import type { SideBySide } from './compared-sections.js';

/** Processes named one by one; there may be thousands. */
const MOST_PIDS = 8;

/** How much more was measured than predicted: "+8 KiB" and "+12.5 %"; a share of nothing is none. */
export function differenceInWords({
  predicted,
  measured,
}: SideBySide): { readonly bytes: string; readonly share: string | undefined } | undefined {
  if (predicted === undefined || measured === undefined) return undefined;
  const more = measured - predicted;
  const share = (magnitude: number) => percent(magnitude / predicted);
  return {
    bytes: signedBytes(more),
    share: predicted > 0 && more !== 0 ? signed(more, share) : undefined,
  };
}

/** A number with its sign, 0 without: "−8 KiB". */
export const signed = (n: number, written: (magnitude: number) => string): string =>
  `${n < 0 ? '−' : n > 0 ? '+' : ''}${written(Math.abs(n))}`;

export const signedBytes = (n: number): string => signed(n, bytes);

/** Of which processes the figures are: "Process 4242", "Mean over 2 processes (4242, 4243)". */
export function processesInWords(processes: readonly MeasuredProcess[]): string {
  const pids = processes.map(({ pid }) => String(pid));
  if (pids.length === 1) return l10n.t('Process {0}', String(pids[0]));
  const named = [...pids.slice(0, MOST_PIDS), ...(pids.length > MOST_PIDS ? ['…'] : [])];
  return l10n.t('Mean over {0} processes ({1})', integer(pids.length), named.join(', '));
}
