import { bytes, counted, hex, integer, percent } from '../../src/format.js';
import type { MeasuredProcess } from '../../src/model/measurement.js';
import { count, eachRun, type Runs } from '../../src/model/runs.js';
import type { SideBySide } from './compared-sections.js';

/** Places and processes named one by one; there may be thousands. */
const MOST_PLACES = 4;
const MOST_PIDS = 8;

/** How much more was measured than predicted: "+8 KiB" and "+12.5 %"; a share of nothing is none. */
export function differenceInWords({
  predicted,
  measured,
}: SideBySide): { readonly bytes: string; readonly share: string | undefined } | undefined {
  if (predicted === undefined || measured === undefined) return undefined;
  const more = measured - predicted;
  const signed = (text: string) => `${more < 0 ? '−' : more > 0 ? '+' : ''}${text}`;
  return {
    bytes: signed(bytes(Math.abs(more))),
    share: predicted > 0 && more !== 0 ? signed(percent(Math.abs(more) / predicted)) : undefined,
  };
}

/** Where pages of an object are, from its load address on, first and last byte: "0x4000–0x5fff". */
export function placesInWords(
  pages: Runs,
  pageSize: number,
): { readonly places: readonly string[]; readonly more: string | undefined } {
  const places: string[] = [];
  let left = count(pages);
  eachRun(pages, (start, end) => {
    if (places.length === MOST_PLACES) return;
    left -= end - start;
    places.push(`${hex(start * pageSize)}–${hex(end * pageSize - 1)}`);
  });
  return { places, more: left > 0 ? `${counted(left, 'page')} more` : undefined };
}

/** Of which processes the figures are: "Process 4242", "Mean over 2 processes (4242, 4243)". */
export function processesInWords(processes: readonly MeasuredProcess[]): string {
  const pids = processes.map(({ pid }) => String(pid));
  if (pids.length === 1) return `Process ${pids[0]}`;
  const named = [...pids.slice(0, MOST_PIDS), ...(pids.length > MOST_PIDS ? ['…'] : [])];
  return `Mean over ${integer(pids.length)} processes (${named.join(', ')})`;
}
