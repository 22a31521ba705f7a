import { integer } from '../format.js';

const MAX_SHOWN = 8;

/** "1 process", "2 processes". */
export const countedProcesses = (n: number): string =>
  `${integer(n)} process${n === 1 ? '' : 'es'}`;

/** "Process 12", "Processes 12, 13": no more than eight of them. */
export function listedProcesses(pids: readonly number[]): string {
  const shown = pids.slice(0, MAX_SHOWN).join(', ');
  const more = pids.length > MAX_SHOWN ? ', …' : '';
  return `Process${pids.length === 1 ? '' : 'es'} ${shown}${more}`;
}
